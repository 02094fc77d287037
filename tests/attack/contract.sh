#!/bin/sh
# Requests that a program makes up from the OpenAPI document, good ones and bad ones, against the demonstration city: whether an
# answer is ever a 5xx, or other than the document says, and whether every operation was asked for at all. Loopback only; bounded in
# number and time; what it needs goes into target/. `make attack` runs it.
#
# DAFU_BINARY: a program that is built already. ATTACK_EXAMPLES: requests for each operation (10). ATTACK_SECONDS: for each round
# at most (120; a token is good for fifteen minutes). Schemathesis draws anew until that time is over, so that a round ends by it
# even where every operation was tested: both are said of each round, and counted at the end.
set -eu
cd "$(dirname "$0")/../.."
examples=${ATTACK_EXAMPLES:-10}
seconds=${ATTACK_SECONDS:-120}
work=target/attack
venv=$work/venv
mkdir -p "$work"
if ! "$venv/bin/schemathesis" --version >/dev/null 2>&1; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement tests/attack/requirements.txt
fi

dafu=${DAFU_BINARY:-target/debug/dafu}
[ -n "${DAFU_BINARY:-}" ] || ${CARGO:-cargo} build --quiet
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# The scheduler would answer to what is made up; the allowance of an address would end the round.
DAFU_SCHEDULER__ENABLED=false DAFU_LIMITS__APPLICATIONS_PER_HOUR=1000000 \
  "$dafu" demo --directory "$work/demo" --listen "127.0.0.1:$port" >"$work/demo.log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true' EXIT INT TERM
tries=0
until curl -fsS "http://127.0.0.1:$port/healthz" >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$demo" 2>/dev/null; then
    cat "$work/demo.log"
    exit 1
  fi
  sleep 1
done

failed=0 rounds=0 timed=0 whole=0
# Says how a round ended, by its report ($2). 0: by itself, all operations tested; 2: by itself, some not; 3: its time was over, some
# not tested; 4: its time was over, all tested; anything else: it broke off, or left no report.
ended() {
  python3 - "$1" "$2" <<'END'
import json, sys

name, place = sys.argv[1:]
try:
    with open(place, encoding="utf-8") as file:
        report = json.load(file)
except (OSError, ValueError) as fault:
    print(f"round {name}: no report ({fault})")
    sys.exit(1)
asked, reason = report.get("operations") or {}, report["stop_reason"]
tested, selected = asked.get("tested", 0), asked.get("selected", 0)
how = {"completed": "ended by itself", "max_time": "its time was over"}.get(reason, f"broke off ({reason})")
missed = selected - tested
why = ", ".join(asked.get("skip_reasons") or []) or "no reason given"
left = f"; {missed} untested ({why})" if missed else ""
cases = report["test_cases"]["generated"]
print(f"round {name}: {tested} of {selected} operations tested in {cases} cases{left}; {how}")
if reason not in ("completed", "max_time"):
    sys.exit(1)
if reason == "completed":
    sys.exit(2 if missed else 0)
sys.exit(3 if missed else 4)
END
}

# One round. $1: who asks. $2: under which name it is kept. Then what is asked for, and what is left out.
round() {
  who=$1 name=$2
  shift 2
  header=X-Nobody:1
  if [ "$who" != nobody ]; then
    token=$(curl -fsS "http://127.0.0.1:$port/api/v1/auth/login" -H 'Content-Type: application/json' \
      -d "{\"login\": \"$who\", \"password\": \"demo-2026-dafu\"}" |
      python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
    header="Authorization:Bearer $token"
  fi
  echo "contract, as $who: $name"
  rm -f "$work/$name.json"
  "$venv/bin/schemathesis" run "http://127.0.0.1:$port/api/v1/openapi.json" --url "http://127.0.0.1:$port" \
    --header "$header" --max-examples "$examples" --phases examples,coverage,fuzzing --mode all \
    --checks not_a_server_error,content_type_conformance,response_schema_conformance,status_code_conformance \
    "$@" --suppress-health-check all --generation-deterministic --request-timeout 60 --max-time "$seconds" \
    --continue-on-failure --no-color --warnings off --report-json-path "$work/$name.json" \
    >"$work/$name.log" 2>&1 || failed=1
  tail -n 60 "$work/$name.log"
  end=0
  ended "$name" "$work/$name.json" || end=$?
  rounds=$((rounds + 1))
  case $end in
    0) whole=$((whole + 1)) ;;
    2) failed=1 ;;
    3) timed=$((timed + 1)) failed=1 ;;
    4) timed=$((timed + 1)) whole=$((whole + 1)) ;;
    *) failed=1 ;;
  esac
}

# As nobody, and as one of every role: the reviewer is the lawyer too, the head keeps house as well. Drawing has a round of its own: it
# can take minutes. What ends the very sign-in that asks, or takes accounts away, comes by itself at the end, each with a sign-in of its own.
leaving='/auth/logout$|/me/password$|/me/sessions|/admin/staff/.*/(password|status|roles)$'
for who in nobody yunhe.clerk yunhe.handler yunhe.reviewer yunhe.secrecy yunhe.head yunhe.signer supervisor auditor; do
  round "$who" "$who" --exclude-path-regex "$leaving|/redaction\$"
done
round yunhe.handler redaction --include-path-regex '/redaction$'
round yunhe.signer sessions --include-path-regex '/me/sessions'
round yunhe.signer password --include-path-regex '/me/password$'
round yunhe.signer logout --include-path-regex '/auth/logout$'
round yunhe.head accounts --include-path-regex '/admin/staff/.*/(password|status|roles)$'
echo "rounds that tested every operation they were given: $whole of $rounds"
echo "rounds ended by their own time: $timed of $rounds"
kill -0 "$demo" || { echo "the service fell"; cat "$work/demo.log"; exit 1; }
exit "$failed"
