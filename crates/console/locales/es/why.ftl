# Why an order is where it is.
why-title = ¿Por qué esta ubicación?
why-cheapest = { $place } es la ubicación más barata que puede enviarlo: { $second } costaría { $by } más.
why-tie = { $place } y { $second } cuestan lo mismo; { $place } está más cerca, o va primero por código.
why-only = { $place } es la única ubicación que puede enviarlo.
why-split = Ninguna ubicación sola es mejor: { $places } lo envían en conjunto.
why-nowhere = Ninguna ubicación puede enviarlo.
why-held = Está retenido: { $reason }.
why-leftover = { $units } × { $sku }: { $remedy }
why-leftover-cause = { $units } × { $sku }: { $remedy }, porque { $cause }
why-no-such = No hay ninguna decisión con ese número.
why-verdict = Cómo le fue
why-passed = Cumple:
why-rules = { $n ->
    [one] Se aplicó una frase de las reglas
   *[other] Se aplicaron { $n } frases de las reglas
}
why-proven = Comprobado: ninguna otra forma de enviarlo cuesta menos.
why-not-proven = La búsqueda se detuvo en su límite; puede existir una forma más barata.
why-earlier = Decisiones anteriores:
decision = Decisión
rules-of-then = reglas
place = Ubicación
distance = Distancia
cost = Costo
cost-part = Parte del costo
against-winner = Frente a la elegida
difference = Diferencia
winner = Elegida
bar = Gráfico
send-from-here = Enviar desde aquí…
remedy-substitute = se ofrece un sustituto
remedy-backorder = pendiente de stock
remedy-hold = retenido
remedy-cancel = cancelado
cause-no-stock = no hay stock suficiente
cause-no-stock-record = ninguna ubicación lo maneja
cause-whole-order = el pedido sale completo o no sale
cause-one-place = debe salir de una sola ubicación, y ninguna lo tiene todo
cause-no-parcel-left = el máximo de paquetes no deja ninguno para él
cause-outweighed = una preferencia pesa más
cause-too-dear = enviarlo costaría más que dejarlo
cause-no-legal-plan = ningún plan dentro de todos los límites lo envía
part-postage = Envío
part-surcharge = Recargos
part-packaging = Empaque
part-labor = Mano de obra
part-split = Paquetes extra
part-risk = Riesgo de no encontrarlo
part-opportunity = Ventas perdidas en tienda
part-lateness = Atraso
part-markdown = Rebaja evitada
part-scarcity = Stock escaso
part-unfilled = Unidades sin cubrir
# Verdicts: one sentence with the numbers that decided.
verdict-chosen = Elegida
verdict-lost = Perdió por { $by }
verdict-tied = Mismo costo; otra iba primero
verdict-part = Podría enviar { $units } de { $of } unidades
verdict-paused = En pausa
verdict-rejected-before = Ya rechazó este pedido
verdict-lane-off = No ofrece esta entrega: { $lane }
verdict-not-chosen-store = No es la tienda que eligió el cliente
verdict-closed = Cerrada
verdict-slot-missed = No puede tenerlo listo a tiempo
verdict-accuracy-gate = Sus conteos coinciden muy poco: { $accuracy }, y se necesita { $need }
verdict-stale-feed = Su stock se reportó hace { $age_minutes } min; el límite es { $limit_minutes } min
verdict-capacity-full = Hoy está llena: { $capacity ->
    [one] { $capacity } paquete
   *[other] { $capacity } paquetes
}
verdict-window-full = Su turno de empaque está lleno: { $capacity ->
    [one] { $capacity } paquete
   *[other] { $capacity } paquetes
}
verdict-too-far = A más de { $limit_km } km
verdict-no-service = Ningún transportista sale desde aquí
verdict-promise-missed = Llegaría el { $earliest }; prometido para el { $promised }
verdict-excluded-by-rule = Una regla lo impide: { $rule }
verdict-not-certified = No puede enviar esta mercancía: { $missing }
verdict-too-heavy = Demasiado peso: { $unit_weight_g } g, y admite { $limit_g } g
verdict-no-stock-record = No lo maneja
verdict-no-stock = { $on_hand ->
    [0] Nada en existencia
   *[other] { $on_hand } en existencia, nada libre
}
verdict-kept-back = Reserva { $keep } y tiene { $available }: { $rule }
verdict-too-few-on-hand = Tiene { $available } y una regla pide { $need }: { $rule }
certified-fragile = frágil
certified-hazmat = peligrosa
certified-oversized = de gran tamaño
certified-age-restricted = con restricción de edad
# What would change it.
change-lost = Ganaría si enviar desde aquí costara { $by } menos.
change-part = Se tomaría en cuenta si tuviera las unidades que faltan.
change-paused = Reactívala y se tomará en cuenta de nuevo.
change-lane-off = Activa esta forma de entrega en la ubicación.
change-closed = Se toma en cuenta de nuevo cuando abra.
change-accuracy-gate = Cuenta más de sus estantes; la barrera se abre sola cuando suficientes conteos coinciden.
change-stale-feed = Con un reporte de stock reciente vuelve a participar.
change-capacity-full = Aumenta su capacidad o espera al día siguiente.
change-window-full = Aumenta la capacidad del turno o espera al siguiente.
change-promise-missed = Entraría con un servicio más rápido o una promesa más tardía.
change-excluded-by-rule = Cambia esa regla.
change-not-certified = Autoriza la ubicación para esta mercancía.
change-no-stock = Entraría con una unidad libre allí.
change-kept-back = Una unidad más allí, o una reserva menor en esa regla.
change-too-few-on-hand = Más unidades allí, o un número menor en esa regla.
change-no-stock-record = Haz un primer conteo del producto allí.
# Checks that every location goes through, in their order.
check-paused = sin pausa
check-rejected-before = no lo rechazó
check-lane-off = ofrece esta entrega
check-not-chosen-store = tienda correcta
check-closed = abierta
check-slot-missed = a tiempo
check-accuracy-gate = conteos confiables
check-stale-feed = stock reciente
check-capacity-full = capacidad hoy
check-window-full = lugar en el turno
check-too-far = cerca
check-no-service = con transportista
check-promise-missed = cumple la promesa
check-excluded-by-rule = las reglas lo permiten
check-not-certified = autorizada
check-too-heavy = peso
check-no-stock-record = lo maneja
check-no-stock = tiene stock
check-kept-back = sobre la reserva
check-too-few-on-hand = suficiente en existencia
why-candidates = Ubicaciones que se evaluaron
why-preference = De eso, { $by } se debe a que una regla prefiere otra ubicación; nadie lo paga.
km-away = a { $n } km
about-place = Sobre { $place }
why-what-changes = Qué lo cambiaría:
change-not-chosen-store = Se toma en cuenta si el cliente elige esa tienda.
