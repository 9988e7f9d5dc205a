"""Servers and other commands in processes of their own, and a line that loses answers."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2

MAIN = "from karakoram.interfaces.cli.main import main; main()"


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def command(*words, **environment):
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


class Server:
    """``karakoram serve`` in a process of its own, which may be killed and begun again."""

    def __init__(self, store, secrets):
        self.store, self.secrets, self.port = str(store), secrets, free_port()
        self.begin()

    def begin(self):
        words = (
            "serve",
            "--port",
            str(self.port),
            "--store",
            self.store,
            "--rate-limit",
            "5000",
            "--quiet",
        )
        self.process = command(*words)
        line = self.process.stderr.readline()
        while line and not line.startswith("Serving at"):
            line = self.process.stderr.readline()
        transport = httpx2.HTTPTransport(retries=20)  # the socket opens just after the line
        self.http = httpx2.Client(
            base_url=f"http://127.0.0.1:{self.port}", transport=transport, timeout=60.0
        )
        self.tokens = {name: self._token(*words) for name, words in self.secrets.items()}

    def _token(self, name, secret):
        answer = self.http.post(
            "/oauth2/token", data={"grant_type": "client_credentials"}, auth=(name, secret)
        )
        return answer.json()["access_token"]

    def ask(self, party, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.tokens[party]}"}
        answer = self.http.request(method, path, headers=headers, json=body)
        return answer.status_code, answer.json()

    def kill(self):
        """As the system would, without a word before."""
        self.http.close()
        self.process.kill()
        self.process.communicate()

    def end(self):
        self.http.close()
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        return self.process.returncode


class Line:
    """Carries requests to a server; ``fate()`` says of each what happens on the way.

    ``pass``; ``lose before`` and ``lose after`` the server has heard it, the answer not arriving;
    anything else is called, as a function of whether the server has heard it.
    """

    def __init__(self, port, fate):
        self.fate = fate
        self.target = f"http://127.0.0.1:{port}"
        line = self

        class Carrier(BaseHTTPRequestHandler):
            def do_GET(self):
                line.carry(self)

            def do_POST(self):
                line.carry(self)

            def log_message(self, *words):
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Carrier)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def carry(self, one):
        body = one.rfile.read(int(one.headers.get("Content-Length", 0)))
        fate = self.fate()
        one.close_connection = True
        if fate == "lose before" or (callable(fate) and fate(is_heard=False)):
            return
        names = ("Authorization", "Content-Type")
        headers = {name: one.headers[name] for name in names if one.headers[name]}
        try:
            with httpx2.Client(timeout=60.0) as http:
                answer = http.request(
                    one.command, f"{self.target}{one.path}", headers=headers, content=body
                )
        except httpx2.TransportError:
            return
        if fate == "lose after" or (callable(fate) and fate(is_heard=True)):
            return
        one.send_response(answer.status_code)
        one.send_header("Content-Type", "application/json")
        one.send_header("Content-Length", str(len(answer.content)))
        one.end_headers()
        try:
            one.wfile.write(answer.content)
        except OSError:
            return  # whoever asked is gone

    def end(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
