# Bringing in files of products and stock.
state-checking = Wird geprüft
state-checked = Geprüft
state-reverting = Wird zurückgenommen
state-reverted = Zurückgenommen
imports-title = Datei einlesen
imports-words = Artikel oder Bestand, wie Ihr Onlineshop, Ihre Kasse oder Ihre Tabelle sie schreibt. Sie sehen, was sich ändern würde, bevor sich etwas ändert.
imports-first = Hier wird noch nichts verkauft. Lesen Sie zuerst Ihre Artikel ein, dann, wie viele von jedem wo liegen. Ein Artikel-Export aus Shopify, Square oder WooCommerce enthält oft beides: Lesen Sie ihn einmal ein, und Sie werden von den Artikeln zum Bestand weitergeführt.
imports-no-places = Bestand braucht einen Standort, an dem er liegt.
imports-no-places-go = Ersten Standort hinzufügen
imports-file = Datei hier ablegen oder auswählen
imports-file-hint = CSV oder Text, bis 50 MB
imports-paste = Oder aus einer Tabelle einfügen
imports-paste-label = Zellen, mit ihren Überschriften
imports-paste-hint = Kopieren Sie die Zellen in Ihrer Tabelle samt der Zeile mit den Überschriften, und fügen Sie sie hier ein.
imports-pasted-name = aus-tabelle.csv
imports-kind = Was steht darin?
imports-kind-guessed = An den Überschriften erkennen
imports-kind-products = Artikel
imports-kind-stock = Bestand
imports-sent = Bisher gesendet
imports-look = Ansehen
imports-look-hint = Es wird noch nichts geändert.
imports-nothing-chosen = legen Sie eine Datei ab, wählen Sie eine, oder fügen Sie Zellen aus einer Tabelle ein
imports-earlier = Früher eingelesen
imports-none = Noch wurde nichts eingelesen
imports-choose = Datei auswählen
imports-none-words = Jede Datei bleibt hier mit dem, was sie geändert hat, und lässt sich 30 Tage lang zurücknehmen.
imports-name = Datei
imports-rows = Zeilen
imports-brought = Eingelesen
imports-known = Was sich einlesen lässt
imports-known-words = Dateien, wie sie exportiert werden; Sie brauchen sie vorher nicht zu ändern:
imports-known-shopify = Shopify: Artikel, Bestand
imports-known-others = Square und WooCommerce: Artikel
imports-known-own = Jede Tabelle mit Überschriften in einer Zeile. Sie geben einmal an, was die Spalten bedeuten; Baton merkt es sich.
imports-known-undo = Was Sie einlesen, lässt sich 30 Tage lang zurücknehmen.
imports-out = In die andere Richtung
imports-out-words = Der ganze Bestand als Tabelle. Bearbeiten Sie sie in Ihrer Tabellenkalkulation, und lesen Sie die Datei dann einfach wieder ein.
imports-out-stock = Bestand exportieren
imports-count-rows = { $n ->
    [one] eine Zeile
   *[other] { $n } Zeilen
}
imports-layout-shopify-inventory = Shopify-Bestand
imports-layout-shopify-inventory-new = Shopify-Bestand
imports-layout-shopify-inventory-by-place = Shopify-Bestand
imports-layout-shopify-products = Shopify-Artikel
imports-layout-shopify-products-new = Shopify-Artikel
imports-layout-square-items = Square-Artikel
imports-layout-woocommerce-products = WooCommerce-Artikel
imports-layout-baton-stock = Baton
imports-layout-baton-products = Baton
imports-layout-unknown = eine Tabelle
imports-failed = Abgebrochen:
imports-step-columns = Spalten
imports-step-check = Änderungen
imports-step-done = Fertig
imports-columns = Was die Spalten enthalten
imports-columns-words = Sehen Sie sich die Beispiele an, und geben Sie an, was jede Spalte enthält. Spalten, die Sie auslassen, werden nicht gelesen.
imports-mapped-names = Am Namen erkannt
imports-mapped-remembered = Wie beim letzten Mal
imports-mapped-hand = Von Ihnen angegeben
imports-needs-sku = Welche Spalte enthält die SKU? Wählen Sie sie unten aus.
imports-needs-units = Welche Spalte enthält die Stückzahl? Wählen Sie sie unten aus.
imports-needs-location = Die Zeilen nennen keinen Standort: Wählen Sie den, an dem alle liegen.
imports-needs-products = Hier wird noch nichts verkauft, also lässt sich keine Zeile zuordnen. Lesen Sie zuerst die Artikel ein, dann den Bestand.
imports-column = Spalte
imports-samples = Beispiele
imports-means = Inhalt
imports-no-name = (keine Überschrift)
imports-not-read = Nicht gelesen
imports-warned-rows = { $n ->
    [one] In einer Zeile
   *[other] In { $n } Zeilen
}
imports-field-sku = SKU
imports-field-handle = Gemeinsamer Artikel mehrerer Zeilen
imports-field-title = Name des Artikels
imports-field-option = Variante, z. B. die Größe
imports-field-location = Standort
imports-field-units = Stück
imports-field-new-units = Stück, wo ausgefüllt
imports-field-units-at = Stück: { $place }
imports-field-name = Name
imports-field-gtin = Barcode
imports-field-category = Kategorie
imports-field-handling-class = Wie er zu behandeln ist
imports-field-weight-oz = Gewicht in oz
imports-field-weight-lb = Gewicht in lb
imports-field-weight-g = Gewicht in g
imports-field-weight-kg = Gewicht in kg
imports-field-length-in = Länge in Zoll
imports-field-width-in = Breite in Zoll
imports-field-height-in = Höhe in Zoll
imports-field-length-mm = Länge in mm
imports-field-width-mm = Breite in mm
imports-field-height-mm = Höhe in mm
imports-field-length-cm = Länge in cm
imports-field-width-cm = Breite in cm
imports-field-height-cm = Höhe in cm
imports-field-price-usd = Preis
imports-field-cost-usd = Ihr Einkaufspreis
imports-field-gross-margin-usd = Ertrag pro Stück
imports-field-cancel-penalty-usd-per-unit = Verlust, wenn ein Stück nicht lieferbar ist
imports-field-velocity = Verkaufstempo (A, B, C)
imports-field-tags = Schlagwörter
imports-field-substitutes = Ersatzartikel
imports-field-components = Teile eines Sets
imports-how = Wie die Zahlen gemeint sind
imports-place = Standort
imports-place-by-row = Steht in jeder Zeile
imports-place-hint = Nur für Zeilen, die selbst keinen nennen.
imports-mode = Was bedeuten die Zahlen?
imports-mode-set = So viel ist jetzt da
imports-mode-add = So viel kommt hinzu; unter null geht es ab
imports-as-of = Wann wurde gezählt?
imports-as-of-hint = Was seitdem verkauft oder umgelagert wurde, wird berücksichtigt.
imports-check = Änderungen ansehen
imports-as-products = Die Zeilen sind Artikel
imports-as-stock = Die Zeilen sind Bestand
imports-drop = Datei verwerfen
imports-header-row = Die Überschriften stehen in Zeile { $row }.
imports-separated-by = Die Spalten sind durch { $sign } getrennt.
imports-separated-by-tabs = Die Spalten sind durch Tabulatoren getrennt.
imports-wait-checking = Jede Zeile wird angesehen
imports-wait-running = Wird eingelesen
imports-wait-reverting = Wird zurückgenommen
imports-wait-words = Sie können diese Seite verlassen; es geht von selbst weiter.
imports-look-again = Noch einmal nachsehen
imports-stop = Stoppen
imports-would = Was sich ändern würde
imports-new = Neu
imports-changed = Geändert
imports-same = Gleich wie jetzt
imports-bad = Nicht lesbar
imports-remembered = Die Spalten werden so gelesen, wie Sie es beim letzten Mal angegeben haben.
imports-will = Wenn Sie weitermachen
imports-will-new-stock = { $n ->
    [one] Ein Artikel bekommt Bestand an einem Standort, an dem er keinen hatte.
   *[other] { $n }-mal bekommt ein Artikel Bestand an einem Standort, an dem er keinen hatte.
}
imports-will-set-stock = { $n ->
    [one] Eine Zahl wird auf das gesetzt, was die Datei sagt.
   *[other] { $n } Zahlen werden auf das gesetzt, was die Datei sagt.
}
imports-will-add-stock = { $n ->
    [one] Eine Zahl steigt oder sinkt um das, was die Datei sagt.
   *[other] { $n } Zahlen steigen oder sinken um das, was die Datei sagt.
}
imports-will-up = { $n ->
    [one] ein Stück mehr
   *[other] { $n } Stück mehr
}
imports-will-down = { $n ->
    [one] ein Stück weniger
   *[other] { $n } Stück weniger
}
imports-will-at = Alles an diesem Standort: { $place }.
imports-will-new-products = { $n ->
    [one] Ein Artikel kommt hinzu.
   *[other] { $n } Artikel kommen hinzu.
}
imports-will-change-products = { $n ->
    [one] Ein Artikel wird geändert.
   *[other] { $n } Artikel werden geändert.
}
imports-will-leave = { $n ->
    [one] Eine Zeile, die nicht lesbar ist, bleibt weg und steht in einer eigenen Datei.
   *[other] { $n } Zeilen, die nicht lesbar sind, bleiben weg und stehen in einer eigenen Datei.
}
imports-will-skip = { $n ->
    [one] Eine Zeile sagt nichts und wird übergangen.
   *[other] { $n } Zeilen sagen nichts und werden übergangen.
}
imports-will-undo = 30 Tage lang können Sie alles zurücknehmen.
imports-will-nothing = Es würde sich nichts ändern, also gibt es nichts einzulesen.
imports-confirm-stock = { $n ->
    [one] Eine Zahl ändern
   *[other] { $n } Zahlen ändern
}
imports-confirm-products = { $n ->
    [one] Einen Artikel einlesen
   *[other] { $n } Artikel einlesen
}
imports-back-to-columns = Zurück zu den Spalten
imports-bad-rows = { $n ->
    [one] Eine Zeile ist nicht lesbar
   *[other] { $n } Zeilen sind nicht lesbar
}
imports-bad-file = Diese Zeilen herunterladen
imports-bad-words = Laden Sie diese Zeilen mit ihren Gründen herunter, berichtigen Sie sie in Ihrer Tabellenkalkulation, und lesen Sie die Datei dann einfach wieder ein.
imports-bad-more = Das sind die ersten; die Datei enthält alle.
imports-row = Zeile
imports-value = Was da steht
imports-what-to-do = Was nicht stimmt
imports-largest = Die größten Änderungen
imports-difference = Differenz
imports-over-done = Eingelesen
imports-over-failed = Mit Fehler abgebrochen
imports-over-cancelled = Abgebrochen
imports-over-reverted = Zurückgenommen
imports-taken-back = Zurückgenommen
imports-left-as-is = Unverändert gelassen
imports-reverted-at = Zurückgenommen:
imports-its-stock = Jetzt den Bestand aus dieser Datei
imports-bring-stock = Bestand einlesen
imports-next-step = Als Nächstes:
imports-see = Bestand ansehen
imports-another = Weitere Datei einlesen
imports-revert-sure = Zurücknehmen, was diese Datei geändert hat? Was andere seitdem gezählt oder geändert haben, bleibt, wie es ist.
imports-revert-until = Zurücknehmen ist möglich bis
imports-revert-words = Was seitdem gezählt oder geändert wurde, bleibt, wie es ist.
imports-conflicts = Nicht zurückgenommen
imports-conflicts-words = Jemand hat diese seitdem gezählt oder geändert, darum blieben sie, wie sie sind. Sehen Sie sich jede Zeile an, und korrigieren Sie, was nicht stimmt.
imports-conflicts-more = Das sind die ersten hundert.
imports-moved = Von der Datei geändert
imports-conflict-counted = Seitdem gezählt
imports-conflict-changed = Seitdem korrigiert
imports-conflict-promised = Die Stücke sind Bestellungen zugesagt
imports-no-time = ist kein Datum mit Uhrzeit
field-file = Datei
field-as-of = Wann
field-mapping = Spalten
field-location = Standort
