"""From what is charged to what is paid and booked: bills, credits, statements, disputes, ledger."""
