# Bringing in files of products and stock.
state-checking = En revisión
state-checked = Revisado
state-reverting = Revirtiendo
state-reverted = Revertido
imports-title = Importar un archivo
imports-words = Productos o stock, como los escribe tu tienda en línea, tu caja o tu hoja de cálculo. Ves qué cambiaría antes de que cambie algo.
imports-first = Todavía no hay productos. Trae primero tus productos y después cuánto hay de cada uno en cada lugar. Una exportación de productos de Shopify, Square o WooCommerce suele traer ambas cosas: impórtala una vez y pasarás de los productos a su stock.
imports-no-places = El stock necesita una ubicación.
imports-no-places-go = Agregar tu primera ubicación
imports-file = Suelta un archivo aquí o elígelo
imports-file-hint = CSV o texto, hasta 50 MB
imports-paste = O pega desde una hoja de cálculo
imports-paste-label = Celdas, con sus encabezados
imports-paste-hint = Copia las celdas en tu hoja de cálculo junto con la fila de encabezados y pégalas aquí.
imports-pasted-name = pegado.csv
imports-kind = ¿Qué contiene?
imports-kind-guessed = Según sus encabezados
imports-kind-products = Productos
imports-kind-stock = Stock
imports-sent = Enviado hasta ahora
imports-look = Revisar
imports-look-hint = Todavía no se cambia nada.
imports-nothing-chosen = suelta un archivo, elige uno o pega celdas de una hoja de cálculo
imports-earlier = Importaciones anteriores
imports-none = Todavía no se importó nada
imports-choose = Elegir un archivo
imports-none-words = Cada archivo queda aquí con lo que cambió, y se puede revertir durante 30 días.
imports-name = Archivo
imports-rows = Filas
imports-brought = Importado
imports-known = Qué se puede leer
imports-known-words = Los archivos tal como se exportan; no hace falta cambiarlos antes:
imports-known-shopify = Shopify: productos, inventario
imports-known-others = Square y WooCommerce: productos
imports-known-own = Cualquier tabla con una fila de encabezados. Dices una vez qué significa cada columna y queda recordado.
imports-known-undo = Todo lo que importes se puede revertir durante 30 días.
imports-out = Al revés
imports-out-words = Todo el stock como tabla. Cámbiala en una hoja de cálculo e impórtala de nuevo tal cual.
imports-out-stock = Exportar el stock
imports-count-rows = { $n ->
    [one] una fila
   *[other] { $n } filas
}
imports-layout-shopify-inventory = Inventario de Shopify
imports-layout-shopify-inventory-new = Inventario de Shopify
imports-layout-shopify-inventory-by-place = Inventario de Shopify
imports-layout-shopify-products = Productos de Shopify
imports-layout-shopify-products-new = Productos de Shopify
imports-layout-square-items = Artículos de Square
imports-layout-woocommerce-products = Productos de WooCommerce
imports-layout-baton-stock = Baton
imports-layout-baton-products = Baton
imports-layout-unknown = una tabla
imports-failed = Se detuvo:
imports-step-columns = Qué son las columnas
imports-step-check = Qué cambiaría
imports-step-done = Listo
imports-columns = Qué son las columnas
imports-columns-words = Mira los ejemplos e indica qué es cada columna. Las columnas que omitas no se leen.
imports-mapped-names = Según sus nombres
imports-mapped-remembered = Como indicaste la última vez
imports-mapped-hand = Como indicaste
imports-needs-sku = ¿Qué columna tiene el SKU? Elígela abajo.
imports-needs-units = ¿Qué columna dice cuántas unidades hay? Elígela abajo.
imports-needs-location = Las filas no nombran ninguna ubicación: elige la de todas ellas.
imports-needs-products = Todavía no hay productos, así que ninguna fila se puede reconocer. Trae primero los productos y luego el stock.
imports-column = Columna
imports-samples = Ejemplos
imports-means = Qué es
imports-no-name = (sin encabezado)
imports-not-read = No se lee
imports-warned-rows = { $n ->
    [one] En una fila
   *[other] En { $n } filas
}
imports-field-sku = SKU
imports-field-handle = Artículo que comparten las filas
imports-field-title = Nombre del artículo
imports-field-option = Variante, como la talla
imports-field-location = Ubicación
imports-field-units = Unidades
imports-field-new-units = Unidades, donde haya un valor
imports-field-units-at = Unidades en { $place }
imports-field-name = Nombre
imports-field-gtin = Código de barras
imports-field-category = Categoría
imports-field-handling-class = Cómo se maneja
imports-field-weight-oz = Peso en oz
imports-field-weight-lb = Peso en lb
imports-field-weight-g = Peso en g
imports-field-weight-kg = Peso en kg
imports-field-length-in = Largo en pulgadas
imports-field-width-in = Ancho en pulgadas
imports-field-height-in = Alto en pulgadas
imports-field-length-mm = Largo en mm
imports-field-width-mm = Ancho en mm
imports-field-height-mm = Alto en mm
imports-field-length-cm = Largo en cm
imports-field-width-cm = Ancho en cm
imports-field-height-cm = Alto en cm
imports-field-price-usd = Precio
imports-field-cost-usd = Lo que te cuesta
imports-field-gross-margin-usd = Ganancia por unidad
imports-field-cancel-penalty-usd-per-unit = Pérdida por unidad que no se puede enviar
imports-field-velocity = Qué tan rápido se vende (A, B, C)
imports-field-tags = Etiquetas
imports-field-substitutes = Sustitutos
imports-field-components = Componentes de un combo
imports-how = Cómo se interpretan los números
imports-place = Ubicación
imports-place-by-row = La que diga cada fila
imports-place-hint = Solo para las filas que no nombran ninguna.
imports-mode = ¿Qué hacen los números?
imports-mode-set = Son lo que hay ahora
imports-mode-add = Se suman; bajo cero, se restan
imports-as-of = ¿Cuándo se contaron?
imports-as-of-hint = Se toma en cuenta lo que se vendió o se movió desde entonces.
imports-check = Ver qué cambiaría
imports-as-products = Sus filas son productos
imports-as-stock = Sus filas son stock
imports-drop = Descartar este archivo
imports-header-row = Los encabezados están en la fila { $row }.
imports-separated-by = Sus columnas están separadas por { $sign }.
imports-separated-by-tabs = Sus columnas están separadas por tabulaciones.
imports-wait-checking = Revisando cada fila
imports-wait-running = Importando
imports-wait-reverting = Revirtiendo
imports-wait-words = Puedes salir de esta página; sigue solo.
imports-look-again = Mirar de nuevo
imports-stop = Detener
imports-would = Qué cambiaría
imports-new = Nuevos
imports-changed = Cambiados
imports-same = Igual que ahora
imports-bad = No se leen
imports-remembered = Las columnas se leen como indicaste la última vez.
imports-will = Si continúas
imports-will-new-stock = { $n ->
    [one] Un producto tendrá stock en una ubicación donde no tenía.
   *[other] { $n } veces un producto tendrá stock en una ubicación donde no tenía.
}
imports-will-set-stock = { $n ->
    [one] Una cantidad queda como dice el archivo.
   *[other] { $n } cantidades quedan como dice el archivo.
}
imports-will-add-stock = { $n ->
    [one] Una cantidad sube o baja lo que dice el archivo.
   *[other] { $n } cantidades suben o bajan lo que dice el archivo.
}
imports-will-up = { $n ->
    [one] una unidad más
   *[other] { $n } unidades más
}
imports-will-down = { $n ->
    [one] una unidad menos
   *[other] { $n } unidades menos
}
imports-will-at = Todo en { $place }.
imports-will-new-products = { $n ->
    [one] Se agrega un producto.
   *[other] Se agregan { $n } productos.
}
imports-will-change-products = { $n ->
    [one] Se cambia un producto.
   *[other] Se cambian { $n } productos.
}
imports-will-leave = { $n ->
    [one] Una fila que no se puede leer se omite y queda en un archivo aparte.
   *[other] { $n } filas que no se pueden leer se omiten y quedan en un archivo aparte.
}
imports-will-skip = { $n ->
    [one] Una fila no dice nada y se salta.
   *[other] { $n } filas no dicen nada y se saltan.
}
imports-will-undo = Durante 30 días puedes revertirlo todo.
imports-will-nothing = No cambiaría nada, así que no hay nada que importar.
imports-confirm-stock = { $n ->
    [one] Cambiar una cantidad
   *[other] Cambiar { $n } cantidades
}
imports-confirm-products = { $n ->
    [one] Importar un producto
   *[other] Importar { $n } productos
}
imports-back-to-columns = Volver a las columnas
imports-bad-rows = { $n ->
    [one] Una fila no se puede leer
   *[other] { $n } filas no se pueden leer
}
imports-bad-file = Descargar estas filas
imports-bad-words = Descarga estas filas con sus motivos, corrígelas en una hoja de cálculo e importa el archivo de nuevo tal cual.
imports-bad-more = Estas son las primeras; el archivo las tiene todas.
imports-row = Fila
imports-value = Qué dice
imports-what-to-do = Qué está mal
imports-largest = Los cambios más grandes
imports-difference = Diferencia
imports-over-done = Ya está importado
imports-over-failed = Se detuvo a medio camino
imports-over-cancelled = Cancelado
imports-over-reverted = Se revirtió
imports-taken-back = Revertidos
imports-left-as-is = Quedan como están
imports-reverted-at = Revertido:
imports-its-stock = Ahora el stock de este archivo
imports-bring-stock = Importar el stock
imports-next-step = Siguiente:
imports-see = Ver el inventario
imports-another = Importar otro archivo
imports-revert-sure = ¿Revertir lo que cambió este archivo? Lo que otros contaron o cambiaron desde entonces queda como está.
imports-revert-until = Se puede revertir hasta
imports-revert-words = Lo que se contó o se cambió desde entonces queda como está.
imports-conflicts = No revertidos
imports-conflicts-words = Alguien los contó o los cambió después, así que quedaron como están. Revísalos uno por uno y corrige lo que esté mal.
imports-conflicts-more = Estos son los primeros cien.
imports-moved = Cambio del archivo
imports-conflict-counted = Se contó después
imports-conflict-changed = Se ajustó después
imports-conflict-promised = Las unidades están prometidas a pedidos
imports-no-time = no es una fecha y hora
field-file = Archivo
field-as-of = Cuándo
field-mapping = Columnas
field-location = Ubicación
