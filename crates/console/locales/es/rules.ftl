# Rules: which hold, writing them, trying them, publishing them, teaching them.
state-in-force = Vigente
rules-title = Reglas
rules-edit = Editar
rules-try = Probar con un pedido
rules-replay = Simular
rules-cards = Tarjetas de capacitación
rules-in-force = Vigentes
rules-version = Versión { $number }
rules-version-named = Versión { $number }: { $name }
rules-version-word = Versión
rules-since = desde
rules-no-sentence = No tiene ninguna frase: de todas las ubicaciones que pueden enviar un pedido, gana la más barata.
rules-none = Todavía no rige ninguna regla
rules-none-words = Mientras tanto, gana la ubicación más barata que puede enviar un pedido. Las reglas son frases que todos aquí pueden leer.
rules-begin = Empezar con las que casi toda tienda usa
rules-versions = Versiones
rules-versions-none = Todavía no hay nada guardado.
rules-compare = Comparar
rules-compare-now = Comparar con las vigentes
rules-comment = Comentario
rules-written = Escrita
rules-held-from = Vigente desde
rules-never-held = nunca
rules-actions = Qué se puede hacer
rules-roll-back = Volver a esta
rules-publish-this = Publicar esta
rules-publish = Publicar
rules-scheduled = Programadas
rules-from = desde
rules-withdraw = Anular
rules-replays = Simulaciones
rules-replays-none = Todavía ninguna. Una simulación dice cuánto habrían costado unas reglas con los pedidos que tuviste.
rules-against = frente a
rules-against-lowest = frente al menor costo
rules-lowest = Menor costo
rules-guardrails = Límites
rules-in-order = Reglas, en este orden
rules-sentences = Frases
rules-sentence = Frase
rules-as-text = Como texto
rules-remarks = Para revisar
rules-errors-words = No se puede publicar antes de corregirlo.
rules-severity-error = Error
rules-severity-warning = Advertencia
rules-severity-hint = Sugerencia
rules-replay-title-short = Simular con el pasado
rules-replay-days = Pedidos de
rules-last-days = los últimos { $n } días
rules-replay-worth = Medir cuánto aporta cada frase
rules-replay-words = No cambia nada. Tarda entre segundos y minutos.
rules-try-order = Número de un pedido
rules-try-go = Probar
# The editor
rules-edit-title = Escribir reglas
rules-mode = Cómo se muestran las reglas
rules-mode-tiles = Armar frases
rules-mode-text = Texto simple
rules-text-label = Todas las reglas, una frase por línea
rules-text-hint = Las frases bajo “Guardrails” son límites estrictos; las que están bajo “Rules” se siguen en orden. Una línea que empieza con # es un comentario.
rules-name-label = Nombre de estas reglas
rules-guardrails-words = Límites estrictos: se cumplen cueste lo que cueste.
rules-in-order-words = Qué preferir y qué vigilar. Arrastra una regla o usa sus flechas para cambiar el orden.
rules-drag = Arrastra para mover
rules-when = Cuando
rules-and = y
rules-always-do = Siempre
rules-then-do = entonces
rules-choose-condition = Qué debe cumplirse
rules-choose-action = Qué se hace
rules-choose-places = Qué ubicaciones
rules-choose-test = Cómo debe ser esa ubicación
rules-drop-condition = Quitar esta condición
rules-drop-test = Quitar este requisito
rules-add-when = Solo cuando…
rules-add-and = Y cuando…
rules-add-test = Ubicaciones que…
rules-add-guardrail = Agregar un límite
rules-add-rule = Agregar una regla
rules-move-up = Subir la frase { $n }
rules-move-down = Bajar la frase { $n }
rules-drop = Quitar la frase { $n }
rules-group-order = El pedido
rules-group-item = Un artículo del pedido
rules-group-action = Qué se hace
rules-group-places = Qué ubicaciones
rules-group-place-test = Cómo debe ser esa ubicación
rules-field-choice = Cuál
rules-field-units = Unidades
rules-field-parcels = Paquetes
rules-field-days = Días
rules-field-shelf-days = Días en el estante
rules-field-length = Qué tan lejos
rules-field-zone = Zona
rules-field-weight = Peso
rules-field-money = Importe
rules-field-share = Porcentaje
rules-field-time = Hora del día
rules-field-weekdays = Días de la semana
rules-field-regions = Estados o provincias, separados por comas
rules-field-postal-codes = Comienzos de códigos postales, separados por comas
rules-field-channel = Nombre del canal
rules-field-order-tag = Etiqueta del pedido
rules-field-category = Categoría
rules-field-product-tag = Etiqueta del producto
rules-field-sku = SKU
rules-field-class = Clase de la ubicación
rules-field-location-tag = Etiqueta de la ubicación
rules-field-reason = Motivo
rules-field-locations = Ubicaciones
rules-reads = Cómo se lee
rules-reads-like = Como frases
rules-nothing-to-say = Nada que corregir.
rules-budget = { $n ->
    [one] Una regla
   *[other] { $n } reglas
}; un equipo recuerda cinco.
rules-save = Guardar
rules-save-words = Se guarda como una versión nueva. No cambia nada hasta que la publiques.
rules-save-why-not = Corrige lo que está marcado como error; después se puede guardar.
rules-comment-label = ¿Qué cambiaste y por qué?
done-rules-saved = Guardado como versión nueva. No rige hasta que la publiques.
# Test on one order
rules-try-title = Probar la versión { $number } con un pedido
rules-try-hint = Número de un pedido, como #1043
rules-try-empty = ¿Qué pedido?
rules-try-empty-words = Escribe el número de un pedido para ver desde dónde lo enviarían hoy estas reglas, junto a lo que se decidió.
rules-try-none = No hay ningún pedido llamado { $asked }.
rules-try-result = Pedido
rules-try-same = Saldría de la misma ubicación.
rules-try-moves = Saldría de otra ubicación.
rules-try-before = Como se decidió
rules-try-after = Con estas reglas, ahora
rules-try-words = Se decide de nuevo con el stock y los horarios de este momento, así que los costos pueden diferir aunque las reglas no. No se cambia nada.
# Replay
rules-replay-title = Simulación de la versión { $number }
rules-replay-orders = pedidos
rules-replay-waiting = Empieza en un momento.
rules-replay-progress = Avance de la simulación
rules-replay-cancel = Detener
done-rules-replay-cancelled = La simulación se detuvo.
rules-verdict = En una frase
rules-verdict-none = Ningún pedido de este período se puede comparar.
rules-verdict-less = Habría costado { $amount } menos por pedido, entre { $low } y { $high }.
rules-verdict-more = Habría costado { $amount } más por pedido, entre { $low } y { $high }.
rules-verdict-same = Habría costado lo mismo.
rules-verdict-unclear-less = Habría costado { $amount } menos por pedido, lo que puede ser casualidad: entre { $low } y { $high }.
rules-verdict-unclear-more = Habría costado { $amount } más por pedido, lo que puede ser casualidad: entre { $low } y { $high }.
rules-verdict-unknown-less = Habría costado { $amount } menos por pedido; hay muy pocos días para decir qué tan seguro es.
rules-verdict-unknown-more = Habría costado { $amount } más por pedido; hay muy pocos días para decir qué tan seguro es.
rules-over-orders = { $n ->
    [one] Sobre un pedido.
   *[other] Sobre { $n } pedidos.
}
rules-moved-count = { $n ->
    [0] Ninguno habría salido de otra ubicación.
    [one] Uno habría salido de otra ubicación.
   *[other] { $n } habrían salido de otra ubicación.
}
rules-cheaper = { $n } { $n ->
    [one] más barato
   *[other] más baratos
},
rules-dearer = { $n } { $n ->
    [one] más caro
   *[other] más caros
}.
rules-saved-total = En total:
rules-figure = Cifra
rules-figure-cost = Costo por pedido, contando las unidades sin cubrir
rules-figure-splits = Pedidos en más de un paquete
rules-figure-parcels = Paquetes
rules-figure-late = Promesas incumplidas
rules-figure-fill = Unidades cubiertas
rules-figure-filled = Pedidos cubiertos por completo
rules-figure-held = Pedidos retenidos para una persona
rules-is-better = mejor
rules-is-worse = peor
rules-before = Antes
rules-after = Después
rules-worth-title = Cuánto aporta cada frase
rules-worth = Aporte
rules-would-move = Pedidos que mueve
rules-worth-flags = Avisó de stock bajo { $n ->
    [one] una vez
   *[other] { $n } veces
}
rules-worth-idle = No cambió nada
rules-worth-same = Menos de un centavo por pedido
rules-worth-saves = Ahorra { $amount } por pedido, con seguridad
rules-worth-costs = Cuesta { $amount } por pedido, con seguridad
rules-worth-unclear = Sin efecto claro en el costo
rules-moved = Pedidos que se habrían movido
rules-moved-none = Todos los pedidos habrían salido de donde salieron.
rules-moved-most = { $n ->
    [one] El { $n } cuyo costo cambia más.
   *[other] Los { $n } cuyo costo cambia más.
}
rules-rests-on = En qué se basa esto
# Comparing and publishing
rules-compare-title = Versión { $from } y versión { $to }
rules-compare-from = Desde la versión
rules-compare-to = Hasta la versión
rules-differs = Frase por frase
rules-same = Dicen lo mismo.
rules-change-kept = Queda
rules-change-added = Agregada
rules-change-removed = Quitada
rules-change-moved = Movida
rules-change-changed = Cambiada
rules-publish-title = Publicar la versión { $number }
rules-publish-changes = Qué cambia
rules-publish-holds = Esta versión ya está vigente.
rules-publish-when = ¿Desde cuándo?
rules-publish-now = Ahora
rules-publish-later = Otro día
rules-publish-date = Día
rules-publish-time = Hora
rules-publish-clock = Según el reloj de la tienda.
rules-publish-comment = Comentario, para quien se pregunte después
rules-publish-words = Los pedidos que se asignen desde entonces siguen estas reglas. Lo ya asignado queda donde está. Puedes volver atrás en cualquier momento.
rules-publish-errors = No se puede publicar:
done-rules-in-force = Publicado: desde ahora los pedidos se asignan con estas reglas.
done-rules-scheduled = Programado.
done-rules-withdrawn = Anulado; no entrará en vigor.
# Training cards
rules-cards-title = Tarjetas de capacitación
rules-cards-way = El camino de un pedido
rules-cards-comes = Entra un pedido.
rules-cards-hard = Primero, los límites estrictos. Se cumplen cueste lo que cueste.
rules-cards-soft = Después, las reglas, en este orden.
rules-cards-yes = Sí:
rules-cards-no = No: sigue.
rules-cards-either = En ambos casos: sigue.
rules-cards-cheapest = Gana la ubicación más barata que puede enviarlo.
rules-cards-then-cheapest = Al final gana la más barata de las que quedan.
rules-cards-check = Lista de comprobación
rules-cards-check-words = Marca cada frase cuando puedas decir con tus propias palabras qué significa.
rules-cards-for = Tarjeta:
rules-cards-places = Quién hace qué, y hasta qué hora para el mismo día
rules-cards-cutoff = Corte
rules-cards-closing = hora de cierre
rules-cards-when-wrong = Cuando algo sale mal
rules-cards-within = en { $time }
rules-cards-never-broken = Nunca se rompen
rules-cards-in-turn = Se siguen en orden
rules-cards-stops = Estos pedidos esperan a una persona
