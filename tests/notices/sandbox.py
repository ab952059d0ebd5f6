"""A server that speaks as the documented gateways do, and a mail server; both recorded.

What it answers follows docs/notices.md; tests may put another answer first.
"""

import base64
import hashlib
import hmac
import json
import socketserver
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

DINGTALK_SECRET = "SECtests"
SMS_SECRET = "sms-secret"
# How long a test waits for a server to end.
POLL_SECONDS = 0.02


class Sandbox:
    """Runs while a test lasts; ``asked`` holds (path, query, body, headers)."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes, dict[str, str]]] = []
        self.answers: list[tuple[int, dict[str, str], bytes] | str] = []
        self.tokens = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.serve(self)

            do_POST = do_GET

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        if tls is not None:
            held = self.server.socket
            self.server.socket = tls.wrap_socket(held, server_side=True)
            self.url = f"https://localhost:{self.server.server_port}"
        self.release = threading.Event()

    def __enter__(self) -> "Sandbox":
        threading.Thread(
            target=self.server.serve_forever, args=(POLL_SECONDS,), daemon=True
        ).start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        names = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((parts.path, query, body, names))
        if parts.path == "/cgi-bin/gettoken":
            self.tokens += 1
        elif self.answers:
            answer = self.answers.pop(0)
            if answer == "hang":
                self.release.wait(60)
                return
            if answer == "drop":
                return
            self.say(request, *answer)
            return
        made = self.answer(parts.path, query, body, names)
        self.say(request, 200, {}, made)

    def say(self, request, status: int, headers: dict[str, str], body: bytes) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def answer(self, path, query, body, headers) -> bytes:
        routes = {
            "/cgi-bin/gettoken": self.token,
            "/cgi-bin/message/send": self.wecom,
            "/cgi-bin/webhook/send": self.robot,
            "/robot/send": self.dingtalk,
            "/": self.sms,
        }
        found = routes.get(path)
        return b"" if found is None else found(query, body)

    def token(self, query, _body) -> bytes:
        right = (query["corpid"], query["corpsecret"]) == ("corp", "corp-secret")
        token = f"token-{self.tokens}"
        return plain(0, access_token=token, expires_in=7200) if right else plain(40001)

    def wecom(self, query, body) -> bytes:
        if query["access_token"] != f"token-{self.tokens}":
            return plain(42001)
        told = json.loads(body)
        if told["touser"] == "nobody":
            return plain(81013)
        assert told["msgtype"] == "text"
        assert len(told["text"]["content"].encode()) <= 2048
        assert (told["agentid"], told["enable_duplicate_check"]) == (1000002, 1)
        return plain(0, invaliduser="", msgid="m1")

    def robot(self, query, body) -> bytes:
        json.loads(body)["text"]["content"]
        return plain(0) if query["key"] == "robot-key" else plain(93000)

    def dingtalk(self, query, body) -> bytes:
        json.loads(body)["text"]["content"]
        said = f"{query['timestamp']}\n{DINGTALK_SECRET}"
        mac = hmac.new(DINGTALK_SECRET.encode(), said.encode(), hashlib.sha256)
        right = base64.b64encode(mac.digest()).decode() == query["sign"]
        near = abs(time.time() * 1000 - int(query["timestamp"])) < 3_600_000
        return plain(0) if right and near else plain(310000)

    def sms(self, _query, body) -> bytes:
        values = {name: said[0] for name, said in parse_qs(body.decode()).items()}
        signature = values.pop("Signature")
        line = "&".join(
            f"{quote(name, safe='~')}={quote(values[name], safe='~')}"
            for name in sorted(values)
        )
        said = f"POST&%2F&{quote(line, safe='~')}"
        mac = hmac.new(f"{SMS_SECRET}&".encode(), said.encode(), hashlib.sha1)
        if base64.b64encode(mac.digest()).decode() != signature:
            return json.dumps({"Code": "SignatureDoesNotMatch"}).encode()
        return json.dumps({"Code": "OK", "BizId": "1", "Message": "OK"}).encode()

    @property
    def messages(self) -> list[tuple[str, dict[str, str], bytes, dict[str, str]]]:
        return [each for each in self.asked if each[0] != "/cgi-bin/gettoken"]


def plain(code: int, **more: object) -> bytes:
    return json.dumps({"errcode": code, "errmsg": "said", **more}).encode()


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP; ``rcpt`` and ``data`` are what it answers to those."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, rcpt: str = "250 ok", data: str = "250 taken") -> None:
        self.rcpt, self.data = rcpt, data
        self.letters: list[str] = []
        super().__init__(("127.0.0.1", 0), _Smtp)

    def __enter__(self) -> "MailServer":
        threading.Thread(
            target=self.serve_forever, args=(POLL_SECONDS,), daemon=True
        ).start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.shutdown()
        self.server_close()


class _Smtp(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 sandbox")
        for raw in self.rfile:
            word = raw.decode().split()[0].upper() if raw.strip() else ""
            if word == "RCPT":
                self.say(self.server.rcpt)
            elif word == "DATA":
                self.say("354 go on")
                self.take()
                if self.server.data == "drop":
                    return
                self.say(self.server.data)
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self) -> None:
        lines = []
        for raw in self.rfile:
            line = raw.decode()
            if line.strip() == ".":
                break
            lines.append(line)
        self.server.letters.append("".join(lines))

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
