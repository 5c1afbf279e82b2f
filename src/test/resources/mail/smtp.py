"""A real mail server on a free port of this computer: prints its port, then each mail as a JSON line.

smtp.py [--starttls|--tls CERT KEY] [--auth USER PASSWORD] [--answer CODE] [--rcpt CODE] [--cut|--hang]
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def option(name, count):
    if name not in sys.argv:
        return None
    at = sys.argv.index(name)
    return sys.argv[at + 1:at + 1 + count] if count else True


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        code = option("--rcpt", 1)
        if code:
            return f"{code[0]} not here: AUTH hunter2"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "headers": dict(mail.items()), "text": mail.get_content(),
                          "tls": session.ssl is not None or option("--tls", 2) is not None, "user": session.auth_data}), flush=True)
        if option("--cut", 0):
            server.transport.abort()
            return "250 OK"
        if option("--hang", 0):
            await asyncio.sleep(3600)
        code = option("--answer", 1)
        return f"{code[0]} no: hunter2" if code else "250 OK"


def check(server, session, envelope, mechanism, data):
    user, password = option("--auth", 2)
    good = data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=good, handled=False, auth_data=user if good else None)


async def main():
    starttls, tls, auth = option("--starttls", 2), option("--tls", 2), option("--auth", 2)
    context = None
    if starttls or tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*(starttls or tls))

    def session():
        return SMTP(Handler(), hostname="test", tls_context=context if starttls else None, require_starttls=bool(starttls),
                    authenticator=check if auth else None, auth_required=bool(auth), auth_require_tls=bool(starttls))
    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=context if tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
