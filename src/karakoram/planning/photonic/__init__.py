"""What becomes of light on its way through a photonic network?"""
