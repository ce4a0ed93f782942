#!/bin/sh
# The same by curl. HELPDESK_URL is the server; a demo account signs in.
set -eu
api="${HELPDESK_URL:-http://127.0.0.1:4000}/api/v1"
json='Content-Type: application/json'
answer=$(mktemp) && headers=$(mktemp) && trap 'rm -f "$answer" "$headers"' EXIT

# Sends a request; prints its status, keeps answer and headers.
send() {
  method=$1 path=$2
  shift 2
  curl -sS -o "$answer" -D "$headers" -w '%{http_code}' -X "$method" "$api$path" ${token:+-H "Authorization: Bearer $token"} "$@"
}
# The first text of this name in the answer, and a header of it.
field() { grep -o "\"$1\":\"[^\"]*\"" "$answer" | head -n 1 | cut -d '"' -f 4; }
header() { sed -n "s/^$1: //Ip" "$headers" | tr -d '\r'; }

token=''
printf 'signed in: %s\n' "$(send POST /auth/sign-in -H "$json" \
  -d '{"organization":"demo","email":"ben@lumen.example","password":"Demo-pass-2026!"}')"
token=$(field accessToken)

printf 'opened: %s\n' "$(send POST /tickets -H "$json" -H "Idempotency-Key: curl-$$" \
  -d '{"title":"Printer on fire","description":"Third floor."}')"
ticket=$(field id)

printf 'read: %s\n' "$(send GET "/tickets/$ticket")"
etag=$(header etag)
printf 'read again: %s\n' "$(send GET "/tickets/$ticket" -H "If-None-Match: $etag")"

printf 'uploaded: %s\n' "$(send POST "/attachments?ticketId=$ticket" -F 'file=@-;filename=log.txt' </dev/null)"
file=$(field id)
printf 'replied: %s\n' "$(send POST "/tickets/$ticket/comments" -H "$json" \
  -d "{\"body\":\"On our way.\",\"attachmentIds\":[\"$file\"]}")"

printf 'changed: %s\n' "$(send PATCH "/tickets/$ticket" -H "$json" -H "If-Match: $etag" -d '{"title":"Printer burnt"}')"
printf 'changed by an old ETag: %s' "$(send PATCH "/tickets/$ticket" -H "$json" -H "If-Match: $etag" -d '{"title":"Late"}')"
printf ' %s\n' "$(field code)"
printf 'timeline: %s\n' "$(send GET "/tickets/$ticket/timeline")"
grep -o '"kind":"[a-z_]*"' "$answer" | cut -d '"' -f 4
