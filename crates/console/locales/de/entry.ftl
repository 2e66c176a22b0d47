# Ways in and out.
sign-in-title = Anmelden
sign-in = Anmelden
sign-in-forgotten = Passwort vergessen? Ein Manager oder der Inhaber kann Ihnen unter Einstellungen, Personen einen neuen Link erstellen.
email = E-Mail
password = Passwort
password-again-why = Sie haben Ihr Passwort zuletzt vor mehr als einer halben Stunde eingegeben.
password-again = Damit erhalten andere Zugang. Geben Sie Ihr Passwort noch einmal ein:
password-hint = 12 bis 128 Zeichen. Ein kurzer Satz eignet sich gut.
your-name = Ihr Name
start-title = Willkommen bei Baton
start-words = Außer Ihnen ist noch niemand hier. Legen Sie das Konto des Inhabers an; alles andere hat Zeit.
start-needs-link = Um das Konto des Inhabers anzulegen, öffnen Sie den Link, den Baton beim Start ausgegeben hat. Er gilt einmal und eine Stunde lang; für einen neuen starten Sie Baton noch einmal.
start-go = Konto anlegen
join-title = Willkommen
join-words = Wählen Sie ein Passwort, und Sie sind dabei.
join-go = Weiter
