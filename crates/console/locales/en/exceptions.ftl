# Exceptions: the queue, one of them, playbooks, what one is told of.
exception-pickup-choice = The customer has to choose
exception-split-threshold = Split further than wanted
state-overdue = Overdue
exceptions-words = What somebody has to decide, what is due first.
exceptions-tabs = Whose
exceptions-mine = Mine ({ $owner })
exceptions-all = Everybody’s
exceptions-kind = Kind
exceptions-any-kind = Any kind
exceptions-by-kind = By kind
exceptions-overdue-only = Overdue only
exceptions-overdue-count = { $n } overdue
exceptions-none-like-that = Nothing is like that
exceptions-none-like-that-words = Look at all kinds, or at everybody’s.
exceptions-none-here = Nothing here waits for anybody
exceptions-none-here-words = { $n ->
    [one] One waits for somebody else.
   *[other] { $n } wait for somebody else.
}
exceptions-none-words = What Baton cannot decide by itself, or what takes too long, comes here with its deadline and a way to fix it.
exceptions-show-all = Show everybody’s
exceptions-show-resolved = See what was dealt with
exceptions-what = What
exceptions-due = Due
exceptions-how = How it ended
exceptions-whose = Whose
exceptions-since = Since
exceptions-fix = What helps
exceptions-passed-on = { $n ->
    [one] passed on once
    [2] passed on twice
   *[other] passed on { $n } times
}
exceptions-order = order { $order }
exceptions-a-place = a location
exceptions-an-order = an order
exceptions-opened = opened
# One of them
exceptions-assign = Give to somebody
exceptions-assign-to = Who should see to it?
exceptions-assign-words = The deadline stays.
exceptions-snooze = Put off
exceptions-snooze-until = Until when?
exceptions-snooze-hour = For an hour
exceptions-snooze-tomorrow = Until tomorrow, 9:00
exceptions-snooze-other = Until another time:
exceptions-snooze-at = Day and time
exceptions-snooze-words = It is not passed on before then. Times are by the shop’s clock.
exceptions-snooze-when = is no time; choose an hour, tomorrow, or write a day and a time
exceptions-held = The order is held. Reason: { $reason }
exceptions-resolved-with = It was dealt with:
exceptions-what-to-do = What to do
exceptions-playbook = Playbook
exceptions-step-done = Done
exceptions-step-tick = Done: { $step }
exceptions-resolve-title = It is dealt with
exceptions-resolution = What was done?
exceptions-resolution-hint = Counted again, all are there
exceptions-resolve = Mark as dealt with
exceptions-look-only = You can look at this. Whoever works here can see to it.
exceptions-history = History
exceptions-note = Write something down
exceptions-note-add = Add the note
done-exceptions-assign = It is given to them.
done-exceptions-snooze = It is put off.
done-exceptions-note = It is noted.
done-exceptions-resolve = It is dealt with.
done-fix-route-again = The order is decided again.
done-fix-release = The hold is lifted, and the order decided.
done-fix-give-up = The pickup is given up; its units are free again.
done-fix-count = A count of that shelf is open.
done-fix-resolve = It is dealt with.
fix-for-managers = A manager can do this.
fix-for-staff = Whoever works here can do this.
event-exception-assigned = Given to { $to }
event-exception-snoozed = Put off until { $until }
event-exception-noted = Noted:
field-owner = Whose
field-minutes = Passed on after
field-escalation = Then
field-steps = Steps
field-until = Until when
field-at = Day and time
field-text = Note
field-resolution = What was done
# What is known of it
exceptions-fact-units = Units
exceptions-fact-off-sale = Taken off sale
exceptions-fact-books-say = The books say
exceptions-fact-missing = Missing
exceptions-fact-promised-to = Promises that count on them
exceptions-fact-reason = Reason
exceptions-fact-state = The work was
exceptions-short-not-found = not found
exceptions-short-damaged = damaged
exceptions-short-wrong-item = another product was there
# What happened
exceptions-story-inventory-mismatch = Units of { $product } were not on the shelf at { $place }; the books say { $books_say ->
    [one] one is
   *[other] { $books_say } are
} there.
exceptions-story-damaged = { $units ->
    [one] One unit
   *[other] { $units } units
} of { $product } at { $place } { $units ->
    [one] is
   *[other] are
} damaged.
exceptions-story-short-pick = { $units ->
    [one] One unit
   *[other] { $units } units
} of { $product } for { $order } could not be picked at { $place }.
exceptions-story-late-pick = { $state ->
    [expired] Nobody at { $place } accepted { $order } in time.
    [picking] { $place } began to pick { $order } and did not finish in time.
    [packed] { $place } packed { $order } and did not hand it over in time.
   *[other] { $place } has not finished { $order } in time.
}
exceptions-story-late-pickup = { $order } waits at { $place }, and nobody has collected it in time.
exceptions-story-pickup-choice = { $order } cannot be handed over at the store that the customer chose.
exceptions-story-substitution = A substitute was offered for { $order }, and the customer has not answered yet.
exceptions-story-split-threshold = { $order } would leave in more parcels than is wanted.
exceptions-story-unroutable = No location can send { $order }.
exceptions-story-oversold = { $missing ->
    [0] { $order } was taken, and others took its units at the same moment.
    [one] One unit of { $product } is missing at { $place } that was promised already.
   *[other] { $missing } units of { $product } are missing at { $place } that were promised already.
}
exceptions-story-address-hold = The address of { $order } has to be checked.
exceptions-story-payment-hold = { $order } waits for its payment.
exceptions-story-carrier-failure = A carrier did not take a parcel of { $order }.
exceptions-story-connector-failure = A connection to another program does not work.
# What it means
exceptions-means-inventory-mismatch = The books and the shelf disagree. Until somebody counts, nobody knows which is right.
exceptions-means-damaged = These units cannot be sold as they are. Somebody has to say what becomes of them.
exceptions-means-short-pick = The customer is still owed these units.
exceptions-means-late-pick = The customer may get it later than promised.
exceptions-means-late-pickup = The units lie there for this customer, and cannot be sold to others.
exceptions-means-pickup-choice = The order goes on when the customer has chosen something else.
exceptions-means-substitution = Until there is an answer, the order cannot leave whole.
exceptions-means-split-threshold = More parcels cost more, and arrive on different days.
exceptions-means-unroutable = The customer has ordered, and nothing is on its way.
exceptions-means-oversold = More is promised than there is. Some promise has to be kept from elsewhere, or taken back.
exceptions-means-address-hold = A parcel to a wrong address comes back, and costs twice.
exceptions-means-payment-hold = Nothing is picked or sent until the payment is there.
exceptions-means-carrier-failure = The parcel is packed, and stays where it is.
exceptions-means-connector-failure = Orders or stock may be older than they look.
# What Baton has done
exceptions-automatic-inventory-mismatch = Baton has taken what the books still offer off sale there, and opened a count of the shelf.
exceptions-automatic-damaged = Baton has taken them off sale.
exceptions-automatic-short-pick = Baton has looked for the missing units elsewhere.
exceptions-automatic-late-pick = Work that nobody accepts goes to another location by itself.
exceptions-automatic-pickup-choice = Baton holds the order until then.
exceptions-automatic-substitution = Without an answer the offer lapses, and the units are backordered.
exceptions-automatic-address-hold = Baton holds the order.
exceptions-automatic-payment-hold = Baton holds the order.
# Playbooks
exceptions-playbooks = Playbooks
exceptions-playbooks-words = For each kind: who sees to it, how long they have, who is next, and what they do.
exceptions-chain = Who, and who then
exceptions-then = then
exceptions-wait = Passed on after
exceptions-by-itself = By itself
exceptions-whose-playbook = Playbook
exceptions-changed = Yours
exceptions-as-it-comes = As Baton comes
exceptions-of-kind = Open ones
exceptions-reset = Back to Baton’s own
exceptions-reset-sure = Go back to the playbook that Baton comes with? Yours stays in the history.
exceptions-whose-and-when = Who, and until when
exceptions-first = Who sees to it first?
exceptions-wait-words = Whoever has it gets this long, each time. At most 30 days.
exceptions-unit = Unit of time
exceptions-unit-minutes = minutes
exceptions-unit-hours = hours
exceptions-unit-days = days
exceptions-escalation = Who is next where nobody acted?
exceptions-after = Number { $n } after the first
exceptions-nobody = Nobody
exceptions-escalation-words = In turn; the last one keeps it.
exceptions-steps = What people do
exceptions-step = Step
exceptions-step-add = Add a step
exceptions-step-up = Move up
exceptions-step-down = Move down
exceptions-step-remove = Take this step away
exceptions-steps-words = In turn, at most twelve. Empty lines are left out; without any, Baton’s own come back.
exceptions-playbook-look-only = Managers can change this.
exceptions-in-short = In short
exceptions-changes = Who changed it
exceptions-changes-none = Nobody has changed it: it is as Baton comes.
exceptions-change-none = Saved without a change
exceptions-before = before:
exceptions-afterwards = since then:
exceptions-part-owner = Who sees to it
exceptions-part-minutes = Passed on after
exceptions-part-escalation = Who is next
exceptions-part-steps = Steps
done-exceptions-playbook-saved = Saved. It holds for what comes up or is passed on from now on.
done-exceptions-playbook-reset = It is as Baton comes again.
exceptions-by-itself-inventory-mismatch = The units are taken off sale there until they are counted
exceptions-by-itself-damaged = The units are taken off sale
exceptions-by-itself-short-pick = The missing units are sent from elsewhere
exceptions-by-itself-late-pick = Work that nobody accepted goes to another location
exceptions-by-itself-late-pickup = It comes up again every day until it is collected or given up
exceptions-by-itself-pickup-choice = The order waits until the customer has chosen
exceptions-by-itself-substitution = The offer lapses, and the units are backordered
exceptions-by-itself-split-threshold = The order waits
exceptions-by-itself-unroutable = The order waits
exceptions-by-itself-oversold = The order waits
exceptions-by-itself-address-hold = The order waits
exceptions-by-itself-payment-hold = The order waits
exceptions-by-itself-carrier-failure = The next carrier is tried
exceptions-by-itself-connector-failure = The connection is tried again
# The steps that Baton comes with; in English they are those that the API tells.
exceptions-step-inventory-mismatch-1 = Look on the shelf, in the back room and where returns lie.
exceptions-step-inventory-mismatch-2 = Count what is there, and hand the count in.
exceptions-step-inventory-mismatch-3 = If units are gone, post the count so that nobody is promised them again.
exceptions-step-damaged-1 = Put the units aside, where nobody picks them.
exceptions-step-damaged-2 = Decide whether they can be sold again, go back to the supplier or are written off.
exceptions-step-damaged-3 = Correct the stock to match.
exceptions-step-short-pick-1 = See whether the missing units have found another place.
exceptions-step-short-pick-2 = If they have not, route the order again, or offer the customer something else.
exceptions-step-short-pick-3 = Count the shelf.
exceptions-step-late-pick-1 = Ask the store whether somebody is on it.
exceptions-step-late-pick-2 = If nobody is, route the order again or move it to another store.
exceptions-step-late-pick-3 = If many are late, pause the store until it has caught up.
exceptions-step-late-pickup-1 = Call or write to the customer.
exceptions-step-late-pickup-2 = Agree on a day, or give the pickup up so that the units are for sale again.
exceptions-step-pickup-choice-1 = Tell the customer that the store cannot hand it over.
exceptions-step-pickup-choice-2 = Offer another store, shipping, something else, or the money back.
exceptions-step-pickup-choice-3 = Change the order to what was chosen, and route it.
exceptions-step-substitution-1 = Ask the customer whether the substitute is welcome.
exceptions-step-substitution-2 = Enter the answer before the offer lapses.
exceptions-step-split-threshold-1 = Look at what the parts cost, and at what waiting would.
exceptions-step-split-threshold-2 = Let it go in parts, send all from one place, or wait for stock.
exceptions-step-unroutable-1 = Read why no place can take it.
exceptions-step-unroutable-2 = Change what keeps it: a rule, a pause, an address, or stock that was not counted.
exceptions-step-unroutable-3 = Route it again, or cancel it and tell the customer.
exceptions-step-oversold-1 = Find out which orders count on the missing units.
exceptions-step-oversold-2 = Route them again, the newest first.
exceptions-step-oversold-3 = Count the shelf, and look at the buffer of the channel.
exceptions-step-address-hold-1 = Ask the customer for the right address.
exceptions-step-address-hold-2 = Correct the order, then lift the hold.
exceptions-step-payment-hold-1 = See whether the payment has come in.
exceptions-step-payment-hold-2 = Lift the hold, or cancel the order and tell the customer.
exceptions-step-carrier-failure-1 = Take another service or carrier for the parcel.
exceptions-step-carrier-failure-2 = If none works, write the label by hand and enter its number.
exceptions-step-connector-failure-1 = See whether the other side can be reached.
exceptions-step-connector-failure-2 = Renew its key if it was refused.
exceptions-step-connector-failure-3 = Until then, bring orders and counts as files.
# What one is told of
inbox-title = Inbox
inbox-bell = { $n ->
    [0] Inbox: nothing new
    [one] Inbox: 1 new notice
   *[other] Inbox: { $n } new notices
}
inbox-unread = New
inbox-none = No notices yet
inbox-none-words = What you chose to hear of comes here.
inbox-none-unread = You have read everything.
inbox-earlier = Read
inbox-read-all = Mark all as read
inbox-mark-read = Mark as read
inbox-read-one = Mark as read: { $what }
inbox-look = Look
inbox-look-at = Look: { $what }
inbox-choose = Choose what you hear of
inbox-more-unread = There are more. Mark these as read, and they come.
inbox-kept = Notices are kept for 30 days. You do not hear of what you did yourself.
topic-exceptions = Exceptions
topic-refusals = Refused and late work
topic-holds = Held orders
topic-counts = Counts and missing units
topic-setup = Settings and locations
topic-rules = Rules
topic-people = People and tokens
topic-words-exceptions = An exception comes up, is passed on, or is given to somebody.
topic-words-refusals = A store refuses work, lets its deadline pass, or does not find units.
topic-words-holds = An order is held, or its hold is lifted.
topic-words-counts = A count is handed in, or units are missing that were promised.
topic-words-setup = Settings or locations change, or a location is paused or takes orders again.
topic-words-rules = Rules are published or withdrawn, or a replay of them is done.
topic-words-people = Somebody is added or changed, or a token is made.
notice-exception-opened = { $about ->
    [order-and-place] { $exception }: { $order }, { $place }
    [order] { $exception }: { $order }
    [place] { $exception }: { $place }
   *[nothing] { $exception }
}
notice-exception-escalated = Passed on to { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-exception-assigned = Given to { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-fulfillment-rejected = { $place } refused { $order }
notice-fulfillment-expired = { $place } let the deadline of { $order } pass
notice-fulfillment-short-pick = { $place } did not find { $product } for { $order }
notice-order-held = { $order } is held
notice-order-released = The hold of { $order } is lifted
notice-count-handed-in = A count is handed in, to be looked at
notice-stock-short = Units of { $product } are missing at { $place } that were promised
notice-settings-changed = Settings were changed
notice-location-added = { $place } was added
notice-location-changed = { $place } was changed
notice-location-paused = { $place } is paused
notice-location-resumed = { $place } takes orders again
notice-rules-published = Rules were published
notice-rules-withdrawn = The publication of rules was withdrawn
notice-rules-replay-done = A replay of rules is done
notice-user-added = { $name } was added
notice-user-changed = What somebody may do was changed
notice-token-made = A token was made: { $name }
notices-title = What I hear of
notices-words = Notices come to your inbox here, and to no other place.
notices-topics = What, and where
notices-default-on = As usual for your role ({ $role }): yes
notices-default-off = As usual for your role ({ $role }): no
notices-on = Yes
notices-off = No
notices-places = Differently at some locations
notices-places-own = { $n ->
    [one] Differently at one location
   *[other] Differently at { $n } locations
}
notices-as-everywhere = As everywhere
notices-quiet = Quiet hours
notices-quiet-on = Do not tell me anything during these hours
notices-quiet-words = By the shop’s clock, also past midnight. What happens meanwhile is there when they are over.
notices-quiet-when = is no time of day; write it as 22:00
field-from-minute = From
field-to-minute = Until
done-notices-saved = Saved. It holds from now on.
