# Rules: which hold, writing them, trying them, publishing them, teaching them.
state-in-force = In Kraft
rules-title = Regeln
rules-edit = Bearbeiten
rules-try = An Bestellung testen
rules-replay = Nachrechnen
rules-cards = Schulungskarten
rules-in-force = In Kraft
rules-version = Version { $number }
rules-version-named = Version { $number }: { $name }
rules-version-word = Version
rules-since = seit
rules-no-sentence = Diese Version hat keinen Satz: Von allen Standorten, die liefern können, gewinnt der günstigste.
rules-none = Noch gelten keine Regeln
rules-none-words = Bis dahin gewinnt der günstigste Standort, der liefern kann. Regeln sind Sätze, die hier alle lesen können.
rules-begin = Mit einigen üblichen Regeln anfangen
rules-versions = Versionen
rules-versions-none = Noch ist nichts gespeichert.
rules-compare = Vergleichen
rules-compare-now = Mit den geltenden vergleichen
rules-comment = Kommentar
rules-written = Geschrieben
rules-held-from = In Kraft ab
rules-never-held = nie
rules-actions = Was möglich ist
rules-roll-back = Wieder in Kraft setzen
rules-publish-this = Diese veröffentlichen
rules-publish = Veröffentlichen
rules-scheduled = Geplant
rules-from = ab
rules-withdraw = Zurückziehen
rules-replays = Nachrechnungen
rules-replays-none = Noch keine. Eine Nachrechnung zeigt, was Regeln bei Ihren bisherigen Bestellungen gekostet hätten.
rules-against = gegenüber
rules-against-lowest = gegenüber den niedrigsten Kosten
rules-lowest = Niedrigste Kosten
rules-guardrails = Leitplanken
rules-in-order = Regeln, in dieser Reihenfolge
rules-sentences = Sätze
rules-sentence = Satz
rules-as-text = Als Text
rules-remarks = Zu prüfen
rules-errors-words = Erst wenn das behoben ist, lässt sich diese Version veröffentlichen.
rules-severity-error = Fehler
rules-severity-warning = Warnung
rules-severity-hint = Hinweis
rules-replay-title-short = Mit alten Bestellungen nachrechnen
rules-replay-days = Bestellungen aus
rules-last-days = { $n ->
    [one] dem letzten Tag
   *[other] den letzten { $n } Tagen
}
rules-replay-worth = Messen, was jeder Satz wert ist
rules-replay-words = Dabei wird nichts geändert. Es dauert Sekunden bis Minuten.
rules-try-order = Nummer einer Bestellung
rules-try-go = Testen
# The editor
rules-edit-title = Regeln schreiben
rules-mode = Wie die Regeln gezeigt werden
rules-mode-tiles = Satzbaukasten
rules-mode-text = Nur Text
rules-text-label = Alle Regeln, ein Satz pro Zeile
rules-text-hint = Sätze unter „Guardrails“ (Leitplanken) sind harte Grenzen, die unter „Rules“ (Regeln) werden der Reihe nach befolgt. Eine Zeile, die mit # beginnt, ist ein Kommentar.
rules-name-label = Name des Regelwerks
rules-guardrails-words = Harte Grenzen: Sie gelten, was es auch kostet.
rules-in-order-words = Was vorzuziehen und worauf zu achten ist. Ziehen Sie eine Regel oder nutzen Sie ihre Pfeile, um die Reihenfolge zu ändern.
rules-drag = Zum Verschieben ziehen
rules-when = Wenn
rules-and = und
rules-always-do = Immer
rules-then-do = dann
rules-choose-condition = Was gelten muss
rules-choose-action = Was geschieht
rules-choose-places = Welche Standorte
rules-choose-test = Was auf einen solchen Standort zutreffen muss
rules-drop-condition = Diese Bedingung entfernen
rules-drop-test = Diese Prüfung entfernen
rules-add-when = Nur wenn…
rules-add-and = Und wenn…
rules-add-test = Standorte, die…
rules-add-guardrail = Leitplanke hinzufügen
rules-add-rule = Regel hinzufügen
rules-move-up = Satz { $n } nach oben
rules-move-down = Satz { $n } nach unten
rules-drop = Satz { $n } entfernen
rules-group-order = Die Bestellung
rules-group-item = Ein Artikel darin
rules-group-action = Was geschieht
rules-group-places = Welche Standorte
rules-group-place-test = Was auf einen solchen Standort zutreffen muss
rules-field-choice = Welche
rules-field-units = Stück
rules-field-parcels = Pakete
rules-field-days = Tage
rules-field-shelf-days = Tage im Regal
rules-field-length = Wie weit
rules-field-zone = Zone
rules-field-weight = Gewicht
rules-field-money = Betrag
rules-field-share = Prozent
rules-field-time = Uhrzeit
rules-field-weekdays = Wochentage
rules-field-regions = Bundesländer oder Regionen, mit Kommas getrennt
rules-field-postal-codes = Anfänge von Postleitzahlen, mit Kommas getrennt
rules-field-channel = Name des Kanals
rules-field-order-tag = Schlagwort der Bestellung
rules-field-category = Kategorie
rules-field-product-tag = Schlagwort des Artikels
rules-field-sku = SKU
rules-field-class = Klasse des Standorts
rules-field-location-tag = Schlagwort des Standorts
rules-field-reason = Grund
rules-field-locations = Standorte
rules-reads = So liest es sich
rules-reads-like = Als Sätze
rules-nothing-to-say = Nichts zu beheben.
rules-budget = { $n ->
    [one] Eine Regel
   *[other] { $n } Regeln
}; ein Team behält fünf im Kopf.
rules-save = Speichern
rules-save-words = Gespeichert wird eine neue Version. Es ändert sich nichts, bis Sie sie veröffentlichen.
rules-save-why-not = Beheben Sie zuerst, was als Fehler markiert ist; dann lässt es sich speichern.
rules-comment-label = Was haben Sie geändert, und warum?
done-rules-saved = Als neue Version gespeichert. Sie gilt erst, wenn Sie sie veröffentlichen.
# Test on one order
rules-try-title = Version { $number } an einer Bestellung testen
rules-try-hint = Nummer einer Bestellung, z. B. #1043
rules-try-empty = Welche Bestellung?
rules-try-empty-words = Geben Sie die Nummer einer Bestellung ein. Sie sehen, von wo diese Regeln heute liefern würden, neben der damaligen Zuteilung.
rules-try-none = Keine Bestellung heißt { $asked }.
rules-try-result = Bestellung
rules-try-same = Sie würde vom selben Standort geliefert.
rules-try-moves = Sie würde von einem anderen Standort geliefert.
rules-try-before = Damals zugeteilt
rules-try-after = Nach diesen Regeln, jetzt
rules-try-words = Neu zugeteilt mit dem Bestand und den Öffnungszeiten dieses Augenblicks; Kosten können sich also unterscheiden, wo die Regeln es nicht tun. Es wird nichts geändert.
# Replay
rules-replay-title = Nachrechnung von Version { $number }
rules-replay-orders = Bestellungen
rules-replay-waiting = Es geht gleich los.
rules-replay-progress = Wie weit die Nachrechnung ist
rules-replay-cancel = Abbrechen
done-rules-replay-cancelled = Die Nachrechnung ist abgebrochen.
rules-verdict = In einem Satz
rules-verdict-none = Aus dieser Zeit lässt sich keine Bestellung vergleichen.
rules-verdict-less = Es hätte { $amount } pro Bestellung weniger gekostet, zwischen { $low } und { $high }.
rules-verdict-more = Es hätte { $amount } pro Bestellung mehr gekostet, zwischen { $low } und { $high }.
rules-verdict-same = Es hätte gleich viel gekostet.
rules-verdict-unclear-less = Es hätte { $amount } pro Bestellung weniger gekostet, was Zufall sein kann: zwischen { $low } und { $high }.
rules-verdict-unclear-more = Es hätte { $amount } pro Bestellung mehr gekostet, was Zufall sein kann: zwischen { $low } und { $high }.
rules-verdict-unknown-less = Es hätte { $amount } pro Bestellung weniger gekostet; für eine Aussage, wie sicher das ist, sind es zu wenige Tage.
rules-verdict-unknown-more = Es hätte { $amount } pro Bestellung mehr gekostet; für eine Aussage, wie sicher das ist, sind es zu wenige Tage.
rules-over-orders = { $n ->
    [one] Gerechnet über eine Bestellung.
   *[other] Gerechnet über { $n } Bestellungen.
}
rules-moved-count = { $n ->
    [0] Keine wäre von anderswo geliefert worden.
    [one] Eine wäre von anderswo geliefert worden.
   *[other] { $n } wären von anderswo geliefert worden.
}
rules-cheaper = { $n } günstiger,
rules-dearer = { $n } teurer.
rules-saved-total = Insgesamt:
rules-figure = Kennzahl
rules-figure-cost = Kosten pro Bestellung, nicht gelieferte Stücke mitgerechnet
rules-figure-splits = Bestellungen in mehr als einem Paket
rules-figure-parcels = Pakete
rules-figure-late = Nicht gehaltene Zusagen
rules-figure-fill = Gelieferte Stücke
rules-figure-filled = Ganz gelieferte Bestellungen
rules-figure-held = Angehaltene Bestellungen
rules-is-better = besser
rules-is-worse = schlechter
rules-before = Vorher
rules-after = Nachher
rules-worth-title = Was jeder Satz wert ist
rules-worth = Wert
rules-would-move = Betroffene Bestellungen
rules-worth-flags = Hat { $n ->
    [one] einmal
   *[other] { $n }-mal
} knappen Bestand gemeldet
rules-worth-idle = Hat nichts geändert
rules-worth-same = Weniger als ein Cent pro Bestellung
rules-worth-saves = Spart sicher { $amount } pro Bestellung
rules-worth-costs = Kostet sicher { $amount } pro Bestellung
rules-worth-unclear = Keine klare Wirkung auf die Kosten
rules-moved = Bestellungen, die von anderswo geliefert worden wären
rules-moved-none = Jede Bestellung wäre vom selben Standort geliefert worden.
rules-moved-most = { $n ->
    [one] Die eine, deren Kosten sich am meisten ändern.
   *[other] Die { $n }, deren Kosten sich am meisten ändern.
}
rules-rests-on = Worauf das beruht
# Comparing and publishing
rules-compare-title = Version { $from } und Version { $to }
rules-compare-from = Von Version
rules-compare-to = Zu Version
rules-differs = Satz für Satz
rules-same = Beide sagen dasselbe.
rules-change-kept = Bleibt
rules-change-added = Neu
rules-change-removed = Entfernt
rules-change-moved = Verschoben
rules-change-changed = Geändert
rules-publish-title = Version { $number } veröffentlichen
rules-publish-changes = Was sich ändert
rules-publish-holds = Diese Version ist schon in Kraft.
rules-publish-when = Ab wann?
rules-publish-now = Sofort
rules-publish-later = An einem Tag
rules-publish-date = Tag
rules-publish-time = Uhrzeit
rules-publish-clock = Nach der Uhr des Geschäfts.
rules-publish-comment = Kommentar, für alle, die später nachlesen
rules-publish-words = Bestellungen, die von da an zugeteilt werden, folgen diesen Regeln. Was schon zugeteilt ist, bleibt, wo es ist. Eine frühere Version lässt sich jederzeit wieder in Kraft setzen.
rules-publish-errors = Diese Version lässt sich nicht veröffentlichen:
done-rules-in-force = Veröffentlicht: Bestellungen werden ab jetzt nach diesen Regeln zugeteilt.
done-rules-scheduled = Geplant.
done-rules-withdrawn = Zurückgezogen; sie tritt nicht in Kraft.
# Training cards
rules-cards-title = Schulungskarten
rules-cards-way = Der Weg einer Bestellung
rules-cards-comes = Eine Bestellung kommt herein.
rules-cards-hard = Zuerst die Leitplanken. Sie gelten, was es auch kostet.
rules-cards-soft = Dann die Regeln, in dieser Reihenfolge.
rules-cards-yes = Ja:
rules-cards-no = Nein: weiter.
rules-cards-either = So oder so: weiter.
rules-cards-cheapest = Der günstigste Standort, der liefern kann, gewinnt.
rules-cards-then-cheapest = Dann gewinnt der günstigste der übrigen.
rules-cards-check = Checkliste
rules-cards-check-words = Kreuzen Sie einen Satz an, sobald Sie mit eigenen Worten sagen können, was er bedeutet.
rules-cards-for = Karte:
rules-cards-places = Wer was macht, und bis wann es am selben Tag rausgeht
rules-cards-cutoff = Annahmeschluss
rules-cards-closing = Ladenschluss
rules-cards-when-wrong = Wenn etwas schiefgeht
rules-cards-within = innerhalb von { $time }
rules-cards-never-broken = Immer einzuhalten
rules-cards-in-turn = Der Reihe nach befolgt
rules-cards-stops = Diese Bestellungen warten, bis jemand entscheidet
