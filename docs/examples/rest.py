#!/usr/bin/env python3
"""A ticket's life by Python's standard library alone: every request is made from openapi.json by operationId.

HELPDESK_URL is the server; the demo accounts sign in.
"""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid

SERVER = os.environ.get("HELPDESK_URL", "http://127.0.0.1:4000")


class Api:
    """Calls operations of the document: call("ticketsGet", ticketId=...)."""

    def __init__(self):
        with urllib.request.urlopen(f"{SERVER}/openapi.json") as answer:
            self.document = json.load(answer)
        self.base = SERVER + self.document["servers"][0]["url"]
        self.token = None
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        }

    def resolved(self, part):
        while "$ref" in part:
            target = self.document
            for key in part["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            part = target
        return part

    def call(self, operation_id, body=None, **arguments):
        """Returns status, headers and answer; a keyword stands where the document puts the parameter."""
        method, path, operation = self.operations[operation_id]
        query, headers = [], {"Accept": "application/json"}
        for parameter in map(self.resolved, operation.get("parameters", [])):
            name = parameter["name"]
            value = arguments.pop(name.replace("-", "_"), None)
            if value is None:
                assert not parameter.get("required"), f"{operation_id} needs {name}"
            elif parameter["in"] == "path":
                path = path.replace("{%s}" % name, urllib.parse.quote(str(value), safe=""))
            elif parameter["in"] == "header":
                headers[name] = value
            elif "content" in parameter:
                query.append((name, json.dumps(value)))
            else:
                for each in value if isinstance(value, list) else [value]:
                    query.append((name, str(each).lower() if isinstance(each, bool) else str(each)))
        assert not arguments, f"{operation_id} takes no {', '.join(arguments)}"
        if self.token and operation.get("security") != []:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            (media_type,) = operation["requestBody"]["content"]
            data, headers["Content-Type"] = encoded(media_type, body)
        url = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return self.checked(operation, answer)
        except urllib.error.HTTPError as error:
            return self.checked(operation, error)

    def checked(self, operation, answer):
        """Every status that comes is one that the document names."""
        status = str(answer.status)
        assert status in operation["responses"], f"{operation['operationId']} answered {status}: {answer.read()}"
        text = answer.read()
        is_json = "json" in (answer.headers.get("Content-Type") or "")
        return answer.status, answer.headers, json.loads(text) if is_json and text else text


def encoded(media_type, body):
    if media_type == "application/json":
        return json.dumps(body).encode(), media_type
    boundary = uuid.uuid4().hex
    name, content = body
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    text = head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content
    return text + f"\r\n--{boundary}--\r\n".encode(), f"{media_type}; boundary={boundary}"


def main():
    api = Api()
    sign_in = {"organization": "demo", "password": os.environ.get("HELPDESK_PASSWORD", "Demo-pass-2026!")}
    _, _, grant = api.call("authSignIn", {**sign_in, "email": os.environ.get("HELPDESK_EMAIL", "ben@lumen.example")})
    api.token = grant["accessToken"]
    print("signed in:", grant["user"]["name"])

    key = uuid.uuid4().hex
    opening = {"title": "Printer on fire", "description": "Third floor.", "priority": "high"}
    status, headers, ticket = api.call("ticketsOpen", opening, Idempotency_Key=key)
    print("opened:", status, headers["Location"].rsplit("/", 1)[0])
    status, headers, same = api.call("ticketsOpen", opening, Idempotency_Key=key)
    print("opened again with the same key:", same["id"] == ticket["id"], headers["Idempotent-Replayed"])

    of = {"ticketId": ticket["id"]}
    status, headers, read = api.call("ticketsGet", **of)
    etag = headers["ETag"]
    print("read:", status, read["title"])
    status, _, _ = api.call("ticketsGet", **of, If_None_Match=etag)
    print("read again:", status)

    _, _, file = api.call("attachmentsUpload", ("printer.txt", b"It burns."), **of)
    reply = {"body": "Take the **extinguisher**.", "attachmentIds": [file["id"]]}
    status, _, _ = api.call("ticketsReply", reply, **of)
    _, _, content = api.call("attachmentsDownload", attachmentId=file["id"])
    print("replied with a file:", status, content.decode())

    status, headers, changed = api.call("ticketsUpdate", {"title": "Printer burnt"}, **of, If_Match=etag)
    print("changed:", status, changed["title"], headers["ETag"])
    status, _, problem = api.call("ticketsUpdate", {"title": "Too late"}, **of, If_Match=etag)
    print("changed by an old ETag:", status, problem["refusal"]["code"], problem["refusal"]["version"])

    for number in range(105):
        api.call("ticketsReply", {"body": f"Still burning, minute {number}."}, **of)
    pages, cursor, entries = 0, None, []
    while pages == 0 or cursor:
        _, _, page = api.call("ticketsTimeline", **of, cursor=cursor)
        pages, cursor, entries = pages + 1, page["nextCursor"], entries + page["items"]
    print("timeline:", pages, "pages,", len({entry["id"] for entry in entries}), "of", len(entries), "entries")

    _, _, scenarios = api.call("scenariosList", limit=100)
    scenario = next(each for each in scenarios["items"] if not each["isLocked"] and not each["activeSessionId"])
    status, _, session = api.call("sessionsStart", {"clock": "virtual"}, scenarioId=scenario["id"])
    of_session = {"sessionId": session["id"]}
    print("training session started:", status)
    _, _, move = api.call("sessionsSay", {"text": "Hello, how can I help?"}, **of_session)
    print("said:", ", ".join(event["kind"] for event in move["events"]))
    _, _, move = api.call("sessionsResolve", **of_session)
    print("resolved:", move["ending"], move["grading"] is not None)


if __name__ == "__main__":
    main()
