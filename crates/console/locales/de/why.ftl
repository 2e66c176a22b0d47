# Why an order is where it is.
why-title = Warum dieser Standort?
why-cheapest = { $place } liefert am günstigsten: { $second } würde { $by } mehr kosten.
why-tie = { $place } und { $second } kosten gleich viel; { $place } ist näher oder nach Kürzel zuerst an der Reihe.
why-only = Nur { $place } kann liefern.
why-split = Kein einzelner Standort ist besser: { $places } liefern gemeinsam.
why-nowhere = Kein Standort kann liefern.
why-held = Die Bestellung ist angehalten: { $reason }.
why-leftover = { $units } × { $sku }: { $remedy }
why-leftover-cause = { $units } × { $sku }: { $remedy } ({ $cause })
why-no-such = Es gibt keine Zuteilung mit dieser Nummer.
why-verdict = Ergebnis
why-passed = Bestanden:
why-rules = { $n ->
    [one] Ein Satz der Regeln galt
   *[other] { $n } Sätze der Regeln galten
}
why-proven = Bewiesen: Günstiger geht es auf keinem anderen Weg.
why-not-proven = Die Suche endete an ihrer Grenze; vielleicht gibt es einen günstigeren Weg.
why-earlier = Frühere Zuteilungen:
decision = Zuteilung
rules-of-then = Regeln
place = Standort
distance = Entfernung
cost = Kosten
cost-part = Teil der Kosten
against-winner = Gegenüber dem besten
difference = Differenz
winner = Bester
bar = Als Balken
send-from-here = Stattdessen von hier liefern…
remedy-substitute = Ersatz wird angeboten
remedy-backorder = wird nachgeliefert
remedy-hold = angehalten
remedy-cancel = storniert
cause-no-stock = zu wenig Bestand
cause-no-stock-record = kein Standort führt den Artikel
cause-whole-order = die Bestellung geht ganz oder gar nicht
cause-one-place = muss von einem Standort kommen, und keiner hat alles
cause-no-parcel-left = die Höchstzahl an Paketen ist erreicht
cause-outweighed = eine Vorliebe in den Regeln zählt mehr
cause-too-dear = liefern wäre teurer als weglassen
cause-no-legal-plan = innerhalb aller Grenzen nicht lieferbar
part-postage = Versand
part-surcharge = Zuschläge
part-packaging = Verpackung
part-labor = Arbeit
part-split = Zusätzliche Pakete
part-risk = Risiko, dass Ware fehlt
part-opportunity = Entgangener Ladenverkauf
part-lateness = Verspätung
part-markdown = Vermiedener Nachlass
part-scarcity = Knapper Bestand
part-unfilled = Nicht gelieferte Stücke
# Verdicts: one sentence with the numbers that decided.
verdict-chosen = Gewählt
verdict-lost = Um { $by } teurer
verdict-tied = Gleiche Kosten; ein anderer war zuerst an der Reihe
verdict-part = Könnte { $units } von { $of } Stück liefern
verdict-paused = Pausiert
verdict-rejected-before = Hat diese Bestellung schon abgelehnt
verdict-lane-off = Bietet diesen Lieferweg nicht an: { $lane }
verdict-not-chosen-store = Nicht die Filiale, die der Kunde gewählt hat
verdict-closed = Geschlossen
verdict-slot-missed = Kann nicht rechtzeitig fertig sein
verdict-accuracy-gate = Zählungen stimmen zu selten: { $accuracy }, nötig sind { $need }
verdict-stale-feed = Letzte Bestandsmeldung vor { $age_minutes } Min.; die Grenze liegt bei { $limit_minutes } Min.
verdict-capacity-full = { $capacity ->
    [one] Heute voll: { $capacity } Paket
   *[other] Heute voll: { $capacity } Pakete
}
verdict-window-full = { $capacity ->
    [one] Packfenster voll: { $capacity } Paket
   *[other] Packfenster voll: { $capacity } Pakete
}
verdict-too-far = Weiter weg als { $limit_km } km
verdict-no-service = Kein Versanddienst von hier
verdict-promise-missed = Käme am { $earliest } an; zugesagt bis { $promised }
verdict-excluded-by-rule = Eine Regel schließt ihn aus: { $rule }
verdict-not-certified = Darf diese Ware nicht versenden: { $missing }
verdict-too-heavy = Zu schwer: { $unit_weight_g } g, möglich sind { $limit_g } g
verdict-no-stock-record = Führt den Artikel nicht
verdict-no-stock = { $on_hand ->
    [0] Nichts vorhanden
   *[other] { $on_hand } vorhanden, davon keins frei
}
verdict-kept-back = Behält { $keep } zurück und hat { $available }: { $rule }
verdict-too-few-on-hand = Hat { $available }, eine Regel verlangt { $need }: { $rule }
certified-fragile = zerbrechlich
certified-hazmat = Gefahrgut
certified-oversized = sperrig
certified-age-restricted = mit Altersbeschränkung
# What would change it.
change-lost = Er würde gewinnen, wenn die Lieferung von hier { $by } günstiger wäre.
change-part = Er käme infrage, wenn er die fehlenden Stücke hätte.
change-paused = Beenden Sie die Pause, dann kommt er wieder infrage.
change-lane-off = Schalten Sie den Lieferweg an diesem Standort ein.
change-closed = Er kommt wieder infrage, sobald er öffnet.
change-accuracy-gate = Zählen Sie mehr von seinen Regalen; die Schranke öffnet sich von selbst, sobald genug Zählungen stimmen.
change-stale-feed = Mit einer frischen Bestandsmeldung kommt er wieder infrage.
change-capacity-full = Erhöhen Sie seine Kapazität, oder warten Sie auf den nächsten Tag.
change-window-full = Erhöhen Sie die Kapazität des Packfensters, oder warten Sie auf das nächste.
change-promise-missed = Mit einer schnelleren Versandart oder einer späteren Zusage käme er infrage.
change-excluded-by-rule = Ändern Sie diese Regel.
change-not-certified = Lassen Sie den Standort für diese Ware zu.
change-no-stock = Mit einem freien Stück dort käme er infrage.
change-kept-back = Ein Stück mehr dort, oder eine kleinere Reserve in dieser Regel.
change-too-few-on-hand = Mehr Stück dort, oder eine kleinere Zahl in dieser Regel.
change-no-stock-record = Lassen Sie den Artikel dort zum ersten Mal zählen.
# Checks that every location goes through, in their order.
check-paused = nicht pausiert
check-rejected-before = hat nicht abgelehnt
check-lane-off = bietet diesen Lieferweg
check-not-chosen-store = richtige Filiale
check-closed = geöffnet
check-slot-missed = rechtzeitig
check-accuracy-gate = Zählungen verlässlich
check-stale-feed = Bestand frisch gemeldet
check-capacity-full = heute Platz
check-window-full = Platz im Packfenster
check-too-far = nah genug
check-no-service = Versanddienst vorhanden
check-promise-missed = hält die Zusage
check-excluded-by-rule = von den Regeln erlaubt
check-not-certified = für die Ware zugelassen
check-too-heavy = Gewicht passt
check-no-stock-record = führt den Artikel
check-no-stock = hat Bestand
check-kept-back = über der Reserve
check-too-few-on-hand = genug vorhanden
why-candidates = Geprüfte Standorte
why-preference = Davon { $by }, weil eine Regel einen anderen Standort vorzieht; das zahlt niemand.
km-away = { $n } km entfernt
about-place = Über { $place }
why-what-changes = Was es ändern würde:
change-not-chosen-store = Er kommt infrage, wenn der Kunde diese Filiale wählt.
