"""A mail server for the tests: speaks as much SMTP as is needed, keeps what it accepts, refuses whom it is told to."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.accepted: list[str] = []
        self.refusals: dict[str, str] = {}

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 bereit")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self.say(self.server.refusals.get(address, "250 gut"))
            elif word == "DATA":
                self.say("354 weiter")
                self.server.accepted.append(self.text())
                self.say("250 angenommen")
            elif word == "QUIT":
                self.say("221 Ende")
                return
            else:
                self.say("250 gut")

    def text(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
