# Bringing in files of products and stock.
state-checking = Being checked
state-checked = Checked
state-reverting = Being taken back
state-reverted = Taken back
imports-title = Bring in a file
imports-words = Products or stock, as your shop, till or spreadsheet writes them. You see what would change before anything does.
imports-first = Nothing is sold here yet. Bring your products first, then how many of each are where. A product export from Shopify, Square or WooCommerce often has both: bring it once, and you are led on from its products to its stock.
imports-no-places = Stock needs a place to be at.
imports-no-places-go = Add your first location
imports-file = Drop a file here, or choose one
imports-file-hint = CSV or text, up to 50 MB
imports-paste = Or paste from a spreadsheet
imports-paste-label = Cells, with their headings
imports-paste-hint = Copy the cells in your spreadsheet together with the row of headings, and paste them here.
imports-pasted-name = pasted.csv
imports-kind = What is in it?
imports-kind-guessed = Go by its headings
imports-kind-products = Products
imports-kind-stock = Stock
imports-sent = Sent so far
imports-look = Look at it
imports-look-hint = Nothing is changed yet.
imports-nothing-chosen = drop a file, choose one, or paste cells from a spreadsheet
imports-earlier = Brought before
imports-none = Nothing was brought yet
imports-choose = Choose a file
imports-none-words = Each file stays here with what it changed, and can be taken back for 30 days.
imports-name = File
imports-rows = Rows
imports-brought = Brought
imports-known = What can be read
imports-known-words = Files as they are exported; there is no need to change them first:
imports-known-shopify = Shopify: products, inventory
imports-known-others = Square and WooCommerce: products
imports-known-own = Any table with a row of headings. You say what its columns mean once; it is remembered.
imports-known-undo = Whatever you bring can be taken back for 30 days.
imports-out = The other way
imports-out-words = All stock as a table. Change it in a spreadsheet, and bring it in again as it is.
imports-out-stock = Export the stock
imports-count-rows = { $n ->
    [one] one row
   *[other] { $n } rows
}
imports-layout-shopify-inventory = Shopify inventory
imports-layout-shopify-inventory-new = Shopify inventory
imports-layout-shopify-inventory-by-place = Shopify inventory
imports-layout-shopify-products = Shopify products
imports-layout-shopify-products-new = Shopify products
imports-layout-square-items = Square items
imports-layout-woocommerce-products = WooCommerce products
imports-layout-baton-stock = Baton
imports-layout-baton-products = Baton
imports-layout-unknown = a table
imports-failed = It stopped:
imports-step-columns = What the columns are
imports-step-check = What would change
imports-step-done = Done
imports-columns = What the columns are
imports-columns-words = Look at the examples and say what each column is. Columns that you leave out are not read.
imports-mapped-names = As their names say
imports-mapped-remembered = As you said the last time
imports-mapped-hand = As you said
imports-needs-sku = Which column has the SKU? Choose it below.
imports-needs-units = Which column has how many there are? Choose it below.
imports-needs-location = The rows name no location: choose the one that all of them are at.
imports-needs-products = Nothing is sold here yet, so no row can be matched. Bring the products first, then the stock.
imports-column = Column
imports-samples = Examples
imports-means = What it is
imports-no-name = (no heading)
imports-not-read = Not read
imports-warned-rows = { $n ->
    [one] In one row
   *[other] In { $n } rows
}
imports-field-sku = SKU
imports-field-handle = Article that rows share
imports-field-title = Name of the article
imports-field-option = Variant, such as a size
imports-field-location = Location
imports-field-units = Units
imports-field-new-units = Units, where filled in
imports-field-units-at = Units at { $place }
imports-field-name = Name
imports-field-gtin = Barcode
imports-field-category = Category
imports-field-handling-class = How it is handled
imports-field-weight-oz = Weight in oz
imports-field-weight-lb = Weight in lb
imports-field-weight-g = Weight in g
imports-field-weight-kg = Weight in kg
imports-field-length-in = Length in inches
imports-field-width-in = Width in inches
imports-field-height-in = Height in inches
imports-field-length-mm = Length in mm
imports-field-width-mm = Width in mm
imports-field-height-mm = Height in mm
imports-field-length-cm = Length in cm
imports-field-width-cm = Width in cm
imports-field-height-cm = Height in cm
imports-field-price-usd = Price
imports-field-cost-usd = What it costs you
imports-field-gross-margin-usd = Earned on one unit
imports-field-cancel-penalty-usd-per-unit = Lost when one unit cannot be sent
imports-field-velocity = How fast it sells (A, B, C)
imports-field-tags = Tags
imports-field-substitutes = Substitutes
imports-field-components = Parts of a bundle
imports-how = How the numbers are meant
imports-place = Location
imports-place-by-row = As each row says
imports-place-hint = Only for rows that name none themselves.
imports-mode = What do the numbers do?
imports-mode-set = They are what is there now
imports-mode-add = They come on top; below zero they go off
imports-as-of = When were they counted?
imports-as-of-hint = What was sold or moved since then is taken into account.
imports-check = See what would change
imports-as-products = Its rows are products
imports-as-stock = Its rows are stock
imports-drop = Drop this file
imports-header-row = The headings are in row { $row }.
imports-separated-by = Its columns are separated by { $sign }.
imports-separated-by-tabs = Its columns are separated by tabs.
imports-wait-checking = Looking at every row
imports-wait-running = Bringing it in
imports-wait-reverting = Taking it back
imports-wait-words = You can leave this page; it goes on by itself.
imports-look-again = Look again
imports-stop = Stop
imports-would = What would change
imports-new = New
imports-changed = Changed
imports-same = The same as now
imports-bad = Cannot be read
imports-remembered = The columns are read as you said the last time.
imports-will = If you go on
imports-will-new-stock = { $n ->
    [one] One product gets stock at a location where it had none.
   *[other] { $n } times a product gets stock at a location where it had none.
}
imports-will-set-stock = { $n ->
    [one] One number is set to what the file says.
   *[other] { $n } numbers are set to what the file says.
}
imports-will-add-stock = { $n ->
    [one] One number goes up or down by what the file says.
   *[other] { $n } numbers go up or down by what the file says.
}
imports-will-up = { $n ->
    [one] one unit more
   *[other] { $n } units more
}
imports-will-down = { $n ->
    [one] one unit fewer
   *[other] { $n } units fewer
}
imports-will-at = All of it at { $place }.
imports-will-new-products = { $n ->
    [one] One product is added.
   *[other] { $n } products are added.
}
imports-will-change-products = { $n ->
    [one] One product is changed.
   *[other] { $n } products are changed.
}
imports-will-leave = { $n ->
    [one] One row that cannot be read is left out, and stays in a file of its own.
   *[other] { $n } rows that cannot be read are left out, and stay in a file of their own.
}
imports-will-skip = { $n ->
    [one] One row says nothing, and is passed over.
   *[other] { $n } rows say nothing, and are passed over.
}
imports-will-undo = For 30 days you can take all of it back.
imports-will-nothing = Nothing would change, so there is nothing to bring in.
imports-confirm-stock = { $n ->
    [one] Change one number
   *[other] Change { $n } numbers
}
imports-confirm-products = { $n ->
    [one] Bring in one product
   *[other] Bring in { $n } products
}
imports-back-to-columns = Back to the columns
imports-bad-rows = { $n ->
    [one] One row cannot be read
   *[other] { $n } rows cannot be read
}
imports-bad-file = Download these rows
imports-bad-words = Download these rows with their reasons, mend them in a spreadsheet, and bring the file in again as it is.
imports-bad-more = These are the first of them; the file has all.
imports-row = Row
imports-value = What it says
imports-what-to-do = What is wrong
imports-largest = The largest changes
imports-difference = Difference
imports-over-done = It is in
imports-over-failed = It stopped on the way
imports-over-cancelled = Cancelled
imports-over-reverted = It is taken back
imports-taken-back = Taken back
imports-left-as-is = Left as they are
imports-reverted-at = Taken back:
imports-its-stock = Now the stock in this file
imports-bring-stock = Bring in the stock
imports-next-step = Next:
imports-see = See the inventory
imports-another = Bring in another file
imports-revert-sure = Take back what this file changed? What was counted or changed by others since stays as it is.
imports-revert-until = It can be taken back until
imports-revert-words = What was counted or changed since then stays as it is.
imports-conflicts = Not taken back
imports-conflicts-words = Somebody has counted or changed these since, so they were left as they are. Look at each, and correct it where it is wrong.
imports-conflicts-more = These are the first hundred.
imports-moved = Changed by the file
imports-conflict-counted = It was counted since
imports-conflict-changed = It was corrected since
imports-conflict-promised = The units are promised to orders
imports-no-time = is no date and time
field-file = File
field-as-of = When
field-mapping = Columns
field-location = Location
