#!/bin/sh
# An order from the cart to its return, and a pickup to the counter, over the API. See docs/api.md.
#
#   BATON=http://127.0.0.1:8080 TOKEN=baton_… sh docs/walk.sh
#
# On empty books: it makes a small shop of its own. It needs curl, and stops at the first answer that is no success.
set -eu
: "${BATON:=http://127.0.0.1:8080}" "${TOKEN:?set TOKEN to a token that \`baton token new\` printed}"

call() { # METHOD PATH [BODY]
    curl -sS --fail-with-body -X "$1" "$BATON$2" -H "Authorization: Bearer $TOKEN" \
        -H 'Content-Type: application/json' ${3:+--data "$3"}
}
# The first value of a field in an answer.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d'"' -f4; }
# The fulfillment order of an order at a place, the last one.
task() { call GET "/v1/orders/$1" | tr '{' '\n' | grep "\"location\":\"$2\"" | grep -o 'ful_[0-9a-f]*' | tail -n 1; }
says() { printf '%s\n' "$*"; }

# A server that was started a moment ago may not answer yet.
curl --retry 20 --retry-connrefused --retry-delay 1 -sS -o /dev/null "$BATON/readyz"

says "A shop: a store, a warehouse, two products, their stock, and a pool that promises both places."
call POST /v1/locations '{"cells":{"location_id":"mall","type":"store","lanes":"ship;pickup","lat_deg":"45.52","lon_deg":"-122.67"}}' >/dev/null
call POST /v1/locations '{"cells":{"location_id":"depot","type":"warehouse","lat_deg":"44.05","lon_deg":"-123.09"}}' >/dev/null
call POST /v1/products '{"cells":{"sku":"MUG","weight_oz":"12","price_usd":"12.50"}}' >/dev/null
call POST /v1/products '{"cells":{"sku":"TEE","weight_oz":"6","price_usd":"19.00"}}' >/dev/null
call POST /v1/stock/feeds '{"source":"walk","rows":[
    {"sku":"MUG","location":"mall","units":3},{"sku":"TEE","location":"mall","units":2},
    {"sku":"MUG","location":"depot","units":9}]}' >/dev/null
call PUT /v1/pools/online '{"name":"Online","unproven":"open","locations":["mall","depot"]}' >/dev/null

says "Reserve: two mugs and a tee are kept for a cart."
soon=$(( $(date +%s) * 1000 + 900000 ))
call POST /v1/holds "{\"cart\":\"cart-1\",\"pool\":\"online\",\"channel\":\"web\",\"expires_at\":$soon,
    \"lines\":[{\"sku\":\"MUG\",\"units\":2},{\"sku\":\"TEE\",\"units\":1}]}" >/dev/null
call GET '/v1/availability?sku=MUG&pool=online&channel=web'; says

says "Place and decide: the order takes over what its cart has held."
order=$(call POST /v1/orders '{"channel":"web","external_id":"1001","name":"#1001","cart":"cart-1",
    "customer":{"name":"A. Buyer"},"ship_to":{"postal":"97201","country":"US"},"shipping":"4.95",
    "lines":[{"sku":"MUG","quantity":2},{"sku":"TEE","quantity":1}]}' | field id)
mall=$(task "$order" mall)
says "  $order: $mall at the mall"

says "Accept, pick one mug, and report the other short: it is routed to the depot at once."
call POST "/v1/fulfillments/$mall/accept" >/dev/null
call POST "/v1/fulfillments/$mall/start" >/dev/null
call POST "/v1/fulfillments/$mall/pick" '{"line":1,"sku":"MUG","units":1}' >/dev/null
call POST "/v1/fulfillments/$mall/short" '{"line":1,"sku":"MUG","units":1,"reason":"not_found"}' >/dev/null
depot=$(task "$order" depot)
says "  the depot got $depot"

says "Pack and ship both."
call POST "/v1/fulfillments/$mall/pick" '{"line":2,"sku":"TEE","units":1}' >/dev/null
call POST "/v1/fulfillments/$mall/pack" '{"parcels":[{"weight_g":700}]}' >/dev/null
call POST "/v1/fulfillments/$mall/hand-over" '{"parcels":[{"number":1,"carrier":"USPS","tracking":"9400 1"}]}' >/dev/null
for step in accept start; do call POST "/v1/fulfillments/$depot/$step" >/dev/null; done
call POST "/v1/fulfillments/$depot/pack" '{"parcels":[{"weight_g":400}]}' >/dev/null
call POST "/v1/fulfillments/$depot/hand-over" '{"parcels":[{"number":1,"carrier":"USPS","tracking":"9400 2"}]}' >/dev/null
call POST /v1/manifests '{"location":"depot","carrier":"USPS"}' >/dev/null

says "Return one mug to the depot: its refund adds up to what was paid."
call POST "/v1/orders/$order/returns" '{"line":1,"sku":"MUG","units":1,"at":"depot","reason":"too small"}' | grep -o '"refund_minor":[0-9]*'
call GET "/v1/orders/$order" | field state

says "A pickup, from the order to the counter."
pickup=$(call POST /v1/orders '{"channel":"web","external_id":"1002","name":"#1002","lane":"pickup","pickup_at":"mall",
    "lines":[{"sku":"TEE","quantity":1}]}' | field id)
bag=$(task "$pickup" mall)
for step in accept start; do call POST "/v1/fulfillments/$bag/$step" >/dev/null; done
call POST "/v1/fulfillments/$bag/pack" '{}' >/dev/null
call POST "/v1/fulfillments/$bag/ready" >/dev/null
code=$(call GET "/v1/fulfillments/$bag" | field pickup_code)
call POST "/v1/fulfillments/$bag/collect" "{\"code\":\"$code\",\"by\":\"A. Buyer\"}" | field state

says "What happened to the first order:"
call GET "/v1/orders/$order/timeline" | grep -o '"kind":"[^"]*"' | cut -d'"' -f4
