# Exceptions: the queue, one of them, playbooks, what one is told of.
exception-pickup-choice = Der Kunde muss wählen
exception-split-threshold = Weiter aufgeteilt als gewünscht
state-overdue = Überfällig
exceptions-words = Was jemand entscheiden muss, das Dringendste zuerst.
exceptions-tabs = Zuständig
exceptions-mine = Meine ({ $owner })
exceptions-all = Alle
exceptions-kind = Art
exceptions-any-kind = Jede Art
exceptions-by-kind = Nach Art
exceptions-overdue-only = Nur überfällige
exceptions-overdue-count = { $n } überfällig
exceptions-none-like-that = Nichts passt
exceptions-none-like-that-words = Sehen Sie alle Arten an, oder die Klärfälle von allen.
exceptions-none-here = Hier wartet nichts auf jemanden
exceptions-none-here-words = { $n ->
    [one] Einer wartet auf jemand anderen.
   *[other] { $n } warten auf jemand anderen.
}
exceptions-none-words = Was Baton nicht selbst entscheiden kann oder was zu lange dauert, erscheint hier mit seiner Frist und einem Weg, es zu klären.
exceptions-show-all = Alle anzeigen
exceptions-show-resolved = Geklärte ansehen
exceptions-what = Was
exceptions-due = Fällig
exceptions-how = Wie es ausging
exceptions-whose = Zuständig
exceptions-since = Seit
exceptions-fix = Was hilft
exceptions-passed-on = { $n ->
    [one] einmal weitergegeben
    [2] zweimal weitergegeben
   *[other] { $n }-mal weitergegeben
}
exceptions-order = Bestellung { $order }
exceptions-a-place = ein Standort
exceptions-an-order = eine Bestellung
exceptions-opened = gemeldet
# One of them
exceptions-assign = Zuweisen
exceptions-assign-to = Wer soll es klären?
exceptions-assign-words = Die Frist bleibt.
exceptions-snooze = Zurückstellen
exceptions-snooze-until = Bis wann?
exceptions-snooze-hour = Eine Stunde lang
exceptions-snooze-tomorrow = Bis morgen, 9:00
exceptions-snooze-other = Bis zu einer anderen Zeit:
exceptions-snooze-at = Tag und Uhrzeit
exceptions-snooze-words = Vorher wird es nicht weitergegeben. Zeiten gelten nach der Uhr des Geschäfts.
exceptions-snooze-when = ist keine gültige Zeit; wählen Sie eine Stunde oder morgen, oder schreiben Sie Tag und Uhrzeit
exceptions-held = Die Bestellung ist angehalten. Grund: { $reason }
exceptions-resolved-with = So wurde es geklärt:
exceptions-what-to-do = Was zu tun ist
exceptions-playbook = Leitfaden
exceptions-step-done = Erledigt
exceptions-step-tick = Erledigt: { $step }
exceptions-resolve-title = Es ist geklärt
exceptions-resolution = Was wurde getan?
exceptions-resolution-hint = Nachgezählt, alle sind da
exceptions-resolve = Als geklärt markieren
exceptions-look-only = Sie können das ansehen. Klären können es alle, die hier arbeiten.
exceptions-history = Verlauf
exceptions-note = Etwas notieren
exceptions-note-add = Notiz hinzufügen
done-exceptions-assign = Es ist zugewiesen.
done-exceptions-snooze = Es ist zurückgestellt.
done-exceptions-note = Es ist notiert.
done-exceptions-resolve = Es ist geklärt.
done-fix-route-again = Die Bestellung ist neu zugeteilt.
done-fix-release = Die Bestellung ist freigegeben und zugeteilt.
done-fix-give-up = Die Abholung ist storniert; ihre Stücke sind wieder frei.
done-fix-count = Eine Zählung dieses Regals hat begonnen.
done-fix-resolve = Es ist geklärt.
fix-for-managers = Das kann ein Manager tun.
fix-for-staff = Das können alle tun, die hier arbeiten.
event-exception-assigned = Zugewiesen an { $to }
event-exception-snoozed = Zurückgestellt bis { $until }
event-exception-noted = Notiert:
field-owner = Zuständig
field-minutes = Weitergeben nach
field-escalation = Danach
field-steps = Schritte
field-until = Bis wann
field-at = Tag und Uhrzeit
field-text = Notiz
field-resolution = Was getan wurde
# What is known of it
exceptions-fact-units = Stück
exceptions-fact-off-sale = Aus dem Verkauf genommen
exceptions-fact-books-say = Laut Buchbestand
exceptions-fact-missing = Fehlend
exceptions-fact-promised-to = Zusagen, die damit rechnen
exceptions-fact-reason = Grund
exceptions-fact-state = Stand des Auftrags
exceptions-short-not-found = nicht gefunden
exceptions-short-damaged = beschädigt
exceptions-short-wrong-item = ein anderer Artikel lag dort
# What happened
exceptions-story-inventory-mismatch = { $place }: Stücke von { $product } lagen nicht im Regal; laut Buchbestand { $books_say ->
    [one] ist dort eins.
   *[other] sind dort { $books_say }.
}
exceptions-story-damaged = { $place }: { $units ->
    [one] Ein Stück { $product } ist beschädigt.
   *[other] { $units } Stück { $product } sind beschädigt.
}
exceptions-story-short-pick = { $place }: { $units ->
    [one] Ein Stück { $product } für { $order } konnte nicht gepickt werden.
   *[other] { $units } Stück { $product } für { $order } konnten nicht gepickt werden.
}
exceptions-story-late-pick = { $state ->
    [expired] { $place }: Niemand hat { $order } rechtzeitig angenommen.
    [picking] { $place }: Das Picken für { $order } wurde begonnen, aber nicht rechtzeitig beendet.
    [packed] { $place }: Für { $order } ist alles gepackt, aber nicht rechtzeitig übergeben.
   *[other] { $place }: Der Auftrag für { $order } wurde nicht rechtzeitig fertig.
}
exceptions-story-late-pickup = { $place }: Niemand hat { $order } rechtzeitig abgeholt.
exceptions-story-pickup-choice = Die vom Kunden gewählte Filiale kann { $order } nicht übergeben.
exceptions-story-substitution = Für { $order } wurde Ersatz angeboten, und der Kunde hat noch nicht geantwortet.
exceptions-story-split-threshold = Für { $order } wären mehr Pakete nötig als gewünscht.
exceptions-story-unroutable = Kein Standort kann { $order } liefern.
exceptions-story-oversold = { $missing ->
    [0] Als { $order } hereinkam, haben andere im selben Augenblick die Stücke bekommen.
    [one] { $place }: Es fehlt ein Stück { $product }, das schon zugesagt ist.
   *[other] { $place }: Es fehlen { $missing } Stück { $product }, die schon zugesagt sind.
}
exceptions-story-address-hold = Für { $order } ist die Adresse zu prüfen.
exceptions-story-payment-hold = Für { $order } fehlt noch die Zahlung.
exceptions-story-carrier-failure = Ein Versanddienst hat ein Paket für { $order } nicht angenommen.
exceptions-story-connector-failure = Eine Verbindung zu einem anderen Programm funktioniert nicht.
# What it means
exceptions-means-inventory-mismatch = Buchbestand und Regal weichen voneinander ab. Bis jemand zählt, weiß niemand, was stimmt.
exceptions-means-damaged = Diese Stücke können so nicht verkauft werden. Jemand muss sagen, was aus ihnen wird.
exceptions-means-short-pick = Der Kunde wartet noch auf diese Stücke.
exceptions-means-late-pick = Der Kunde bekommt die Ware vielleicht später als zugesagt.
exceptions-means-late-pickup = Die Stücke liegen für diesen Kunden bereit und können nicht an andere verkauft werden.
exceptions-means-pickup-choice = Die Bestellung geht weiter, sobald der Kunde etwas anderes gewählt hat.
exceptions-means-substitution = Ohne Antwort kann die Bestellung nicht vollständig raus.
exceptions-means-split-threshold = Mehr Pakete kosten mehr und kommen an verschiedenen Tagen an.
exceptions-means-unroutable = Der Kunde hat bestellt, und nichts ist unterwegs.
exceptions-means-oversold = Es ist mehr zugesagt als vorhanden. Eine Zusage muss von anderswo eingehalten oder zurückgenommen werden.
exceptions-means-address-hold = Ein Paket an eine falsche Adresse kommt zurück und kostet doppelt.
exceptions-means-payment-hold = Nichts wird gepickt oder versandt, bis die Zahlung da ist.
exceptions-means-carrier-failure = Das Paket ist gepackt und bleibt, wo es ist.
exceptions-means-connector-failure = Bestellungen oder Bestand sind vielleicht älter, als sie aussehen.
# What Baton has done
exceptions-automatic-inventory-mismatch = Baton hat dort aus dem Verkauf genommen, was der Buchbestand noch anbietet, und eine Zählung des Regals begonnen.
exceptions-automatic-damaged = Baton hat sie aus dem Verkauf genommen.
exceptions-automatic-short-pick = Baton hat die fehlenden Stücke anderswo gesucht.
exceptions-automatic-late-pick = Aufträge, die niemand annimmt, gehen von selbst an einen anderen Standort.
exceptions-automatic-pickup-choice = Bis dahin hält Baton die Bestellung an.
exceptions-automatic-substitution = Ohne Antwort verfällt das Angebot, und die Stücke werden nachgeliefert.
exceptions-automatic-address-hold = Baton hält die Bestellung an.
exceptions-automatic-payment-hold = Baton hält die Bestellung an.
# Playbooks
exceptions-playbooks = Leitfäden
exceptions-playbooks-words = Für jede Art: wer sie klärt, wie viel Zeit bleibt, wer als Nächstes dran ist und was zu tun ist.
exceptions-chain = Wer, und wer danach
exceptions-then = dann
exceptions-wait = Weitergeben nach
exceptions-by-itself = Automatisch
exceptions-whose-playbook = Leitfaden
exceptions-changed = Ihrer
exceptions-as-it-comes = Von Baton
exceptions-of-kind = Offene
exceptions-reset = Zurück zu dem von Baton
exceptions-reset-sure = Zum Leitfaden zurückkehren, den Baton mitbringt? Ihrer bleibt im Verlauf.
exceptions-whose-and-when = Wer, und bis wann
exceptions-first = Wer klärt es zuerst?
exceptions-wait-words = So viel Zeit hat jeweils, wer gerade zuständig ist. Höchstens 30 Tage.
exceptions-unit = Zeiteinheit
exceptions-unit-minutes = Minuten
exceptions-unit-hours = Stunden
exceptions-unit-days = Tagen
exceptions-escalation = Wer ist dran, wenn niemand reagiert?
exceptions-after = Nummer { $n } nach dem Ersten
exceptions-nobody = Niemand
exceptions-escalation-words = Der Reihe nach; beim Letzten bleibt es.
exceptions-steps = Was zu tun ist
exceptions-step = Schritt
exceptions-step-add = Schritt hinzufügen
exceptions-step-up = Nach oben
exceptions-step-down = Nach unten
exceptions-step-remove = Diesen Schritt entfernen
exceptions-steps-words = Der Reihe nach, höchstens zwölf. Leere Zeilen fallen weg; ohne Schritte kommen die von Baton zurück.
exceptions-playbook-look-only = Manager können das ändern.
exceptions-in-short = Kurz gesagt
exceptions-changes = Wer ihn geändert hat
exceptions-changes-none = Niemand hat ihn geändert: Er ist, wie Baton ihn mitbringt.
exceptions-change-none = Ohne Änderung gespeichert
exceptions-before = vorher:
exceptions-afterwards = seitdem:
exceptions-part-owner = Wer es klärt
exceptions-part-minutes = Weitergeben nach
exceptions-part-escalation = Wer danach dran ist
exceptions-part-steps = Schritte
done-exceptions-playbook-saved = Gespeichert. Es gilt für alles, was ab jetzt auftritt oder weitergegeben wird.
done-exceptions-playbook-reset = Er ist wieder, wie Baton ihn mitbringt.
exceptions-by-itself-inventory-mismatch = Die Stücke werden dort aus dem Verkauf genommen, bis sie gezählt sind
exceptions-by-itself-damaged = Die Stücke werden aus dem Verkauf genommen
exceptions-by-itself-short-pick = Die fehlenden Stücke werden von anderswo geliefert
exceptions-by-itself-late-pick = Aufträge, die niemand angenommen hat, gehen an einen anderen Standort
exceptions-by-itself-late-pickup = Es meldet sich jeden Tag wieder, bis abgeholt oder die Abholung storniert ist
exceptions-by-itself-pickup-choice = Die Bestellung wartet, bis der Kunde gewählt hat
exceptions-by-itself-substitution = Das Angebot verfällt, und die Stücke werden nachgeliefert
exceptions-by-itself-split-threshold = Die Bestellung wartet
exceptions-by-itself-unroutable = Die Bestellung wartet
exceptions-by-itself-oversold = Die Bestellung wartet
exceptions-by-itself-address-hold = Die Bestellung wartet
exceptions-by-itself-payment-hold = Die Bestellung wartet
exceptions-by-itself-carrier-failure = Der nächste Versanddienst wird versucht
exceptions-by-itself-connector-failure = Die Verbindung wird wieder versucht
# The steps that Baton comes with; in English they are those that the API tells.
exceptions-step-inventory-mismatch-1 = Sehen Sie im Regal, im Lagerraum und bei den Retouren nach.
exceptions-step-inventory-mismatch-2 = Zählen Sie, was da ist, und geben Sie die Zählung ab.
exceptions-step-inventory-mismatch-3 = Fehlen Stücke, buchen Sie die Zählung, damit sie niemandem mehr zugesagt werden.
exceptions-step-damaged-1 = Legen Sie die Stücke beiseite, wo niemand sie pickt.
exceptions-step-damaged-2 = Entscheiden Sie, ob sie wieder verkäuflich sind, zum Lieferanten zurückgehen oder abgeschrieben werden.
exceptions-step-damaged-3 = Korrigieren Sie den Bestand entsprechend.
exceptions-step-short-pick-1 = Sehen Sie nach, ob die fehlenden Stücke schon anderswo zugeteilt sind.
exceptions-step-short-pick-2 = Wenn nicht, teilen Sie die Bestellung neu zu, oder bieten Sie dem Kunden etwas anderes an.
exceptions-step-short-pick-3 = Zählen Sie das Regal.
exceptions-step-late-pick-1 = Fragen Sie in der Filiale, ob jemand daran arbeitet.
exceptions-step-late-pick-2 = Wenn nicht, teilen Sie die Bestellung neu zu, oder leiten Sie sie an eine andere Filiale um.
exceptions-step-late-pick-3 = Wenn viele verspätet sind, pausieren Sie die Filiale, bis sie aufgeholt hat.
exceptions-step-late-pickup-1 = Rufen Sie den Kunden an, oder schreiben Sie ihm.
exceptions-step-late-pickup-2 = Vereinbaren Sie einen Tag, oder stornieren Sie die Abholung, damit die Stücke wieder verkäuflich sind.
exceptions-step-pickup-choice-1 = Sagen Sie dem Kunden, dass die Filiale die Ware nicht übergeben kann.
exceptions-step-pickup-choice-2 = Bieten Sie eine andere Filiale, Versand, etwas anderes oder das Geld zurück an.
exceptions-step-pickup-choice-3 = Ändern Sie die Bestellung so, wie gewählt wurde, und teilen Sie sie zu.
exceptions-step-substitution-1 = Fragen Sie den Kunden, ob ihm der Ersatz recht ist.
exceptions-step-substitution-2 = Tragen Sie die Antwort ein, bevor das Angebot verfällt.
exceptions-step-split-threshold-1 = Sehen Sie sich an, was die Teile kosten, und was Warten kosten würde.
exceptions-step-split-threshold-2 = Lassen Sie die Bestellung in Teilen gehen, liefern Sie alles von einem Standort, oder warten Sie auf Bestand.
exceptions-step-unroutable-1 = Lesen Sie, warum kein Standort die Bestellung übernehmen kann.
exceptions-step-unroutable-2 = Ändern Sie, was im Weg steht: eine Regel, eine Pause, eine Adresse oder Bestand, der nicht gezählt ist.
exceptions-step-unroutable-3 = Teilen Sie die Bestellung neu zu, oder stornieren Sie sie und sagen Sie es dem Kunden.
exceptions-step-oversold-1 = Finden Sie heraus, welche Bestellungen mit den fehlenden Stücken rechnen.
exceptions-step-oversold-2 = Teilen Sie diese neu zu, die neueste zuerst.
exceptions-step-oversold-3 = Zählen Sie das Regal, und prüfen Sie, was vom Kanal zurückbehalten wird.
exceptions-step-address-hold-1 = Fragen Sie den Kunden nach der richtigen Adresse.
exceptions-step-address-hold-2 = Berichtigen Sie die Bestellung, und geben Sie sie dann frei.
exceptions-step-payment-hold-1 = Sehen Sie nach, ob die Zahlung eingegangen ist.
exceptions-step-payment-hold-2 = Geben Sie die Bestellung frei, oder stornieren Sie sie und sagen Sie es dem Kunden.
exceptions-step-carrier-failure-1 = Nehmen Sie für das Paket eine andere Versandart oder einen anderen Versanddienst.
exceptions-step-carrier-failure-2 = Wenn keiner davon geht, schreiben Sie das Versandetikett von Hand und tragen Sie seine Nummer ein.
exceptions-step-connector-failure-1 = Prüfen Sie, ob die Gegenstelle erreichbar ist.
exceptions-step-connector-failure-2 = Erneuern Sie den Schlüssel, falls er abgelehnt wurde.
exceptions-step-connector-failure-3 = Lesen Sie bis dahin Bestellungen und Zählungen als Dateien ein.
# What one is told of
inbox-title = Posteingang
inbox-bell = { $n ->
    [0] Posteingang: nichts Neues
    [one] Posteingang: 1 neue Meldung
   *[other] Posteingang: { $n } neue Meldungen
}
inbox-unread = Neu
inbox-none = Noch keine Meldungen
inbox-none-words = Hier erscheint, was Sie sich melden lassen.
inbox-none-unread = Sie haben alles gelesen.
inbox-earlier = Gelesen
inbox-read-all = Alle als gelesen markieren
inbox-mark-read = Als gelesen markieren
inbox-read-one = Als gelesen markieren: { $what }
inbox-look = Ansehen
inbox-look-at = Ansehen: { $what }
inbox-choose = Meldungen auswählen
inbox-more-unread = Es gibt noch mehr. Markieren Sie diese als gelesen, dann kommen sie.
inbox-kept = Meldungen bleiben 30 Tage. Was Sie selbst getan haben, wird Ihnen nicht gemeldet.
topic-exceptions = Klärfälle
topic-refusals = Abgelehnte und verspätete Aufträge
topic-holds = Angehaltene Bestellungen
topic-counts = Zählungen und fehlende Stücke
topic-setup = Einstellungen und Standorte
topic-rules = Regeln
topic-people = Personen und Tokens
topic-words-exceptions = Ein Klärfall tritt auf, wird weitergegeben oder jemandem zugewiesen.
topic-words-refusals = Eine Filiale lehnt einen Auftrag ab, verpasst seine Frist oder findet Stücke nicht.
topic-words-holds = Eine Bestellung wird angehalten oder freigegeben.
topic-words-counts = Eine Zählung wird abgegeben, oder es fehlen zugesagte Stücke.
topic-words-setup = Einstellungen oder Standorte ändern sich, oder ein Standort wird pausiert oder nimmt wieder Bestellungen an.
topic-words-rules = Regeln werden veröffentlicht oder zurückgezogen, oder eine Nachrechnung ist fertig.
topic-words-people = Jemand kommt hinzu oder wird geändert, oder ein Token wird erstellt.
notice-exception-opened = { $about ->
    [order-and-place] { $exception }: { $order }, { $place }
    [order] { $exception }: { $order }
    [place] { $exception }: { $place }
   *[nothing] { $exception }
}
notice-exception-escalated = Weitergegeben an { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-exception-assigned = Zugewiesen an { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-fulfillment-rejected = { $place } hat { $order } abgelehnt
notice-fulfillment-expired = { $place } hat die Frist für { $order } verpasst
notice-fulfillment-short-pick = { $place } hat { $product } für { $order } nicht gefunden
notice-order-held = Angehalten: { $order }
notice-order-released = Freigegeben: { $order }
notice-count-handed-in = Eine Zählung ist abgegeben und zu prüfen
notice-stock-short = { $place }: Es fehlen Stücke von { $product }, die zugesagt waren
notice-settings-changed = Einstellungen wurden geändert
notice-location-added = { $place } wurde hinzugefügt
notice-location-changed = { $place } wurde geändert
notice-location-paused = { $place } ist pausiert
notice-location-resumed = { $place } nimmt wieder Bestellungen an
notice-rules-published = Regeln wurden veröffentlicht
notice-rules-withdrawn = Die Veröffentlichung von Regeln wurde zurückgezogen
notice-rules-replay-done = Eine Nachrechnung von Regeln ist fertig
notice-user-added = { $name } wurde hinzugefügt
notice-user-changed = Was jemand darf, wurde geändert
notice-token-made = Ein Token wurde erstellt: { $name }
notices-title = Was mir gemeldet wird
notices-words = Meldungen kommen in Ihren Posteingang hier und sonst nirgendwohin.
notices-topics = Was, und von wo
notices-default-on = Wie üblich für Ihre Rolle ({ $role }): ja
notices-default-off = Wie üblich für Ihre Rolle ({ $role }): nein
notices-on = Ja
notices-off = Nein
notices-places = Anders an einigen Standorten
notices-places-own = { $n ->
    [one] Anders an einem Standort
   *[other] Anders an { $n } Standorten
}
notices-as-everywhere = Wie überall
notices-quiet = Ruhezeit
notices-quiet-on = In diesen Stunden nichts melden
notices-quiet-words = Nach der Uhr des Geschäfts, auch über Mitternacht. Was inzwischen geschieht, ist danach da.
notices-quiet-when = ist keine Uhrzeit; schreiben Sie sie wie 22:00
field-from-minute = Von
field-to-minute = Bis
done-notices-saved = Gespeichert. Es gilt ab jetzt.
