# Exceptions: the queue, one of them, playbooks, what one is told of.
exception-pickup-choice = El cliente debe elegir
exception-split-threshold = Más dividido de lo deseado
state-overdue = Vencido
exceptions-words = Lo que alguien tiene que decidir; primero lo que vence antes.
exceptions-tabs = De quién
exceptions-mine = Mías ({ $owner })
exceptions-all = De todos
exceptions-kind = Tipo
exceptions-any-kind = Cualquier tipo
exceptions-by-kind = Por tipo
exceptions-overdue-only = Solo vencidas
exceptions-overdue-count = { $n } { $n ->
    [one] vencida
   *[other] vencidas
}
exceptions-none-like-that = No hay nada así
exceptions-none-like-that-words = Mira todos los tipos, o las de todos.
exceptions-none-here = Nada aquí espera a nadie
exceptions-none-here-words = { $n ->
    [one] Una espera a otra persona.
   *[other] { $n } esperan a otras personas.
}
exceptions-none-words = Lo que Baton no puede decidir solo, o lo que tarda demasiado, llega aquí con su plazo y una manera de resolverlo.
exceptions-show-all = Mostrar las de todos
exceptions-show-resolved = Ver lo que ya se resolvió
exceptions-what = Qué
exceptions-due = Plazo
exceptions-how = Cómo terminó
exceptions-whose = De quién
exceptions-since = Desde
exceptions-fix = Qué hacer
exceptions-passed-on = { $n ->
    [one] escalada una vez
    [2] escalada dos veces
   *[other] escalada { $n } veces
}
exceptions-order = pedido { $order }
exceptions-a-place = una ubicación
exceptions-an-order = un pedido
exceptions-opened = abierta
# One of them
exceptions-assign = Encargar a alguien
exceptions-assign-to = ¿Quién debe ocuparse?
exceptions-assign-words = El plazo no cambia.
exceptions-snooze = Posponer
exceptions-snooze-until = ¿Hasta cuándo?
exceptions-snooze-hour = Una hora
exceptions-snooze-tomorrow = Hasta mañana, 9:00
exceptions-snooze-other = Hasta otro momento:
exceptions-snooze-at = Día y hora
exceptions-snooze-words = Antes de eso no se escala. Las horas son las del reloj de la tienda.
exceptions-snooze-when = no es un momento válido; elige una hora, mañana, o escribe un día y una hora
exceptions-held = El pedido está retenido. Motivo: { $reason }
exceptions-resolved-with = Se resolvió así:
exceptions-what-to-do = Qué hacer
exceptions-playbook = Protocolo
exceptions-step-done = Hecho
exceptions-step-tick = Hecho: { $step }
exceptions-resolve-title = Ya está resuelta
exceptions-resolution = ¿Qué se hizo?
exceptions-resolution-hint = Se contó de nuevo, están todas
exceptions-resolve = Marcar como resuelta
exceptions-look-only = Puedes verla. Quien trabaja aquí puede ocuparse.
exceptions-history = Historial
exceptions-note = Anota algo
exceptions-note-add = Agregar la nota
done-exceptions-assign = Quedó encargada.
done-exceptions-snooze = Quedó pospuesta.
done-exceptions-note = Quedó anotado.
done-exceptions-resolve = Quedó resuelta.
done-fix-route-again = El pedido se asignó de nuevo.
done-fix-release = Se liberó el pedido y se asignó.
done-fix-give-up = Se anuló el retiro; sus unidades vuelven a estar libres.
done-fix-count = Se abrió un conteo de ese estante.
done-fix-resolve = Quedó resuelta.
fix-for-managers = Puede hacerlo un gerente.
fix-for-staff = Puede hacerlo quien trabaja aquí.
event-exception-assigned = Encargada a: { $to }
event-exception-snoozed = Pospuesta hasta { $until }
event-exception-noted = Nota:
field-owner = De quién
field-minutes = Se escala tras
field-escalation = Después
field-steps = Pasos
field-until = Hasta cuándo
field-at = Día y hora
field-text = Nota
field-resolution = Qué se hizo
# What is known of it
exceptions-fact-units = Unidades
exceptions-fact-off-sale = Retiradas de la venta
exceptions-fact-books-say = Según el sistema
exceptions-fact-missing = Faltan
exceptions-fact-promised-to = Promesas que cuentan con ellas
exceptions-fact-reason = Motivo
exceptions-fact-state = El trabajo estaba
exceptions-short-not-found = no se encontró
exceptions-short-damaged = dañado
exceptions-short-wrong-item = había otro producto
# What happened
exceptions-story-inventory-mismatch = Faltaban unidades de { $product } en el estante de { $place }; según el sistema, allí { $books_say ->
    [one] hay una
   *[other] hay { $books_say }
}.
exceptions-story-damaged = { $units ->
    [one] Una unidad
   *[other] { $units } unidades
} de { $product } en { $place } { $units ->
    [one] está dañada
   *[other] están dañadas
}.
exceptions-story-short-pick = { $units ->
    [one] Una unidad
   *[other] { $units } unidades
} de { $product } para { $order } no se { $units ->
    [one] pudo
   *[other] pudieron
} recolectar en { $place }.
exceptions-story-late-pick = { $state ->
    [expired] Nadie en { $place } aceptó { $order } a tiempo.
    [picking] { $place } empezó a recolectar { $order } y no terminó a tiempo.
    [packed] { $place } empacó { $order } y no lo despachó a tiempo.
   *[other] { $place } no terminó { $order } a tiempo.
}
exceptions-story-late-pickup = { $order } espera en { $place }, y nadie lo retiró a tiempo.
exceptions-story-pickup-choice = { $order } no se puede entregar en la tienda que eligió el cliente.
exceptions-story-substitution = Se ofreció un sustituto para { $order }, y el cliente todavía no responde.
exceptions-story-split-threshold = { $order } saldría en más paquetes de los deseados.
exceptions-story-unroutable = Ninguna ubicación puede enviar { $order }.
exceptions-story-oversold = { $missing ->
    [0] { $order } entró, y otros pedidos se llevaron sus unidades en el mismo momento.
    [one] En { $place } falta una unidad de { $product } que ya estaba prometida.
   *[other] En { $place } faltan { $missing } unidades de { $product } que ya estaban prometidas.
}
exceptions-story-address-hold = Hay que revisar la dirección de { $order }.
exceptions-story-payment-hold = { $order } espera su pago.
exceptions-story-carrier-failure = Un transportista no aceptó un paquete de { $order }.
exceptions-story-connector-failure = Una conexión con otro programa no funciona.
# What it means
exceptions-means-inventory-mismatch = El sistema y el estante no coinciden. Hasta que alguien cuente, nadie sabe cuál tiene razón.
exceptions-means-damaged = Estas unidades no se pueden vender así. Alguien debe decir qué se hace con ellas.
exceptions-means-short-pick = Al cliente todavía se le deben estas unidades.
exceptions-means-late-pick = El cliente puede recibirlo más tarde de lo prometido.
exceptions-means-late-pickup = Las unidades están apartadas para este cliente y no se pueden vender a otros.
exceptions-means-pickup-choice = El pedido sigue cuando el cliente elija otra cosa.
exceptions-means-substitution = Hasta que haya respuesta, el pedido no puede salir completo.
exceptions-means-split-threshold = Más paquetes cuestan más y llegan en días distintos.
exceptions-means-unroutable = El cliente hizo su pedido y no hay nada en camino.
exceptions-means-oversold = Se prometió más de lo que hay. Alguna promesa se debe cumplir desde otro lugar, o retirar.
exceptions-means-address-hold = Un paquete a una dirección equivocada regresa y cuesta el doble.
exceptions-means-payment-hold = No se recolecta ni se envía nada hasta que llegue el pago.
exceptions-means-carrier-failure = El paquete está empacado y se queda donde está.
exceptions-means-connector-failure = Los pedidos o el stock pueden ser más antiguos de lo que parecen.
# What Baton has done
exceptions-automatic-inventory-mismatch = Baton retiró de la venta lo que el sistema todavía ofrecía allí y abrió un conteo del estante.
exceptions-automatic-damaged = Baton las retiró de la venta.
exceptions-automatic-short-pick = Baton buscó en otro lugar las unidades que faltan.
exceptions-automatic-late-pick = El trabajo que nadie acepta pasa solo a otra ubicación.
exceptions-automatic-pickup-choice = Baton retiene el pedido hasta entonces.
exceptions-automatic-substitution = Sin respuesta, la oferta caduca y las unidades quedan pendientes de stock.
exceptions-automatic-address-hold = Baton retiene el pedido.
exceptions-automatic-payment-hold = Baton retiene el pedido.
# Playbooks
exceptions-playbooks = Protocolos
exceptions-playbooks-words = Para cada tipo: quién se ocupa, cuánto tiempo tiene, quién sigue y qué hace.
exceptions-chain = Quién, y quién después
exceptions-then = después
exceptions-wait = Se escala tras
exceptions-by-itself = Automático
exceptions-whose-playbook = Protocolo
exceptions-changed = Tuyo
exceptions-as-it-comes = El de Baton
exceptions-of-kind = Ver las abiertas
exceptions-reset = Volver al de Baton
exceptions-reset-sure = ¿Volver al protocolo que trae Baton? El tuyo queda en el historial.
exceptions-whose-and-when = Quién, y hasta cuándo
exceptions-first = ¿Quién se ocupa primero?
exceptions-wait-words = Quien la tenga dispone de este tiempo, cada vez. Máximo 30 días.
exceptions-unit = Unidad de tiempo
exceptions-unit-minutes = minutos
exceptions-unit-hours = horas
exceptions-unit-days = días
exceptions-escalation = ¿Quién sigue si nadie hizo nada?
exceptions-after = N.º { $n } después del primero
exceptions-nobody = Nadie
exceptions-escalation-words = Por turno; el último se queda con ella.
exceptions-steps = Qué se hace
exceptions-step = Paso
exceptions-step-add = Agregar un paso
exceptions-step-up = Subir
exceptions-step-down = Bajar
exceptions-step-remove = Quitar este paso
exceptions-steps-words = En orden, doce como máximo. Las líneas vacías se omiten; sin ningún paso, vuelven los de Baton.
exceptions-playbook-look-only = Los gerentes pueden cambiar esto.
exceptions-in-short = En breve
exceptions-changes = Quién lo cambió
exceptions-changes-none = Nadie lo cambió: está como lo trae Baton.
exceptions-change-none = Guardado sin cambios
exceptions-before = antes:
exceptions-afterwards = desde entonces:
exceptions-part-owner = Quién se ocupa
exceptions-part-minutes = Se escala tras
exceptions-part-escalation = Quién sigue
exceptions-part-steps = Pasos
done-exceptions-playbook-saved = Guardado. Rige para lo que surja o se escale desde ahora.
done-exceptions-playbook-reset = Vuelve a estar como lo trae Baton.
exceptions-by-itself-inventory-mismatch = Las unidades se retiran de la venta allí hasta contarlas
exceptions-by-itself-damaged = Las unidades se retiran de la venta
exceptions-by-itself-short-pick = Las unidades que faltan se envían desde otro lugar
exceptions-by-itself-late-pick = El trabajo que nadie aceptó pasa a otra ubicación
exceptions-by-itself-late-pickup = Vuelve a aparecer cada día hasta que se retire o se anule
exceptions-by-itself-pickup-choice = El pedido espera hasta que el cliente elija
exceptions-by-itself-substitution = La oferta caduca y las unidades quedan pendientes de stock
exceptions-by-itself-split-threshold = El pedido espera
exceptions-by-itself-unroutable = El pedido espera
exceptions-by-itself-oversold = El pedido espera
exceptions-by-itself-address-hold = El pedido espera
exceptions-by-itself-payment-hold = El pedido espera
exceptions-by-itself-carrier-failure = Se prueba con el siguiente transportista
exceptions-by-itself-connector-failure = Se reintenta la conexión
# The steps that Baton comes with; in English they are those that the API tells.
exceptions-step-inventory-mismatch-1 = Busca en el estante, en la trastienda y donde están las devoluciones.
exceptions-step-inventory-mismatch-2 = Cuenta lo que hay y entrega el conteo.
exceptions-step-inventory-mismatch-3 = Si faltan unidades, aplica el conteo para que no se le prometan a nadie más.
exceptions-step-damaged-1 = Aparta las unidades donde nadie las recolecte.
exceptions-step-damaged-2 = Decide si se pueden volver a vender, si regresan al proveedor o si se dan de baja.
exceptions-step-damaged-3 = Ajusta el stock según eso.
exceptions-step-short-pick-1 = Mira si las unidades que faltan ya tienen otra ubicación.
exceptions-step-short-pick-2 = Si no la tienen, asigna el pedido de nuevo u ofrécele otra cosa al cliente.
exceptions-step-short-pick-3 = Cuenta el estante.
exceptions-step-late-pick-1 = Pregunta en la tienda si alguien lo está haciendo.
exceptions-step-late-pick-2 = Si no hay nadie, asigna el pedido de nuevo o pásalo a otra tienda.
exceptions-step-late-pick-3 = Si hay muchos atrasados, pon la tienda en pausa hasta que se ponga al día.
exceptions-step-late-pickup-1 = Llama o escribe al cliente.
exceptions-step-late-pickup-2 = Acuerda un día, o anula el retiro para que las unidades vuelvan a la venta.
exceptions-step-pickup-choice-1 = Avisa al cliente que la tienda no puede entregarlo.
exceptions-step-pickup-choice-2 = Ofrece otra tienda, el envío, otra cosa o la devolución del dinero.
exceptions-step-pickup-choice-3 = Cambia el pedido según lo elegido y asígnalo.
exceptions-step-substitution-1 = Pregunta al cliente si acepta el sustituto.
exceptions-step-substitution-2 = Anota la respuesta antes de que la oferta caduque.
exceptions-step-split-threshold-1 = Mira cuánto cuestan las partes y cuánto costaría esperar.
exceptions-step-split-threshold-2 = Deja que salga en partes, envía todo desde un lugar o espera el stock.
exceptions-step-unroutable-1 = Lee por qué ninguna ubicación puede tomarlo.
exceptions-step-unroutable-2 = Cambia lo que lo impide: una regla, una pausa, una dirección o stock sin contar.
exceptions-step-unroutable-3 = Asígnalo de nuevo, o cancélalo y avisa al cliente.
exceptions-step-oversold-1 = Averigua qué pedidos cuentan con las unidades que faltan.
exceptions-step-oversold-2 = Asígnalos de nuevo, los más recientes primero.
exceptions-step-oversold-3 = Cuenta el estante y revisa la reserva del canal.
exceptions-step-address-hold-1 = Pide al cliente la dirección correcta.
exceptions-step-address-hold-2 = Corrige el pedido y luego libéralo.
exceptions-step-payment-hold-1 = Mira si el pago ya llegó.
exceptions-step-payment-hold-2 = Libera el pedido, o cancélalo y avisa al cliente.
exceptions-step-carrier-failure-1 = Elige otro servicio u otro transportista para el paquete.
exceptions-step-carrier-failure-2 = Si ninguno funciona, haz la etiqueta a mano y anota su número.
exceptions-step-connector-failure-1 = Mira si el otro lado responde.
exceptions-step-connector-failure-2 = Renueva su clave si la rechazaron.
exceptions-step-connector-failure-3 = Mientras tanto, importa los pedidos y los conteos como archivos.
# What one is told of
inbox-title = Bandeja
inbox-bell = { $n ->
    [0] Bandeja: nada nuevo
    [one] Bandeja: 1 aviso nuevo
   *[other] Bandeja: { $n } avisos nuevos
}
inbox-unread = Nuevos
inbox-none = Todavía no hay avisos
inbox-none-words = Aquí llegan los avisos que elegiste.
inbox-none-unread = Ya leíste todo.
inbox-earlier = Leídos
inbox-read-all = Marcar todo como leído
inbox-mark-read = Marcar como leído
inbox-read-one = Marcar como leído: { $what }
inbox-look = Ver
inbox-look-at = Ver: { $what }
inbox-choose = Elegir mis avisos
inbox-more-unread = Hay más. Marca estos como leídos y aparecerán.
inbox-kept = Los avisos se guardan 30 días. No recibes avisos de lo que haces tú.
topic-exceptions = Incidencias
topic-refusals = Trabajo rechazado y atrasado
topic-holds = Pedidos retenidos
topic-counts = Conteos y faltantes
topic-setup = Configuración y ubicaciones
topic-rules = Reglas
topic-people = Personas y tokens
topic-words-exceptions = Surge una incidencia, se escala o se encarga a alguien.
topic-words-refusals = Una tienda rechaza un trabajo, deja pasar su plazo o no encuentra unidades.
topic-words-holds = Se retiene un pedido, o se libera.
topic-words-counts = Se entrega un conteo, o faltan unidades prometidas.
topic-words-setup = Cambia la configuración o una ubicación, o una ubicación se pone en pausa o se reactiva.
topic-words-rules = Se publican o se anulan reglas, o termina una simulación.
topic-words-people = Se agrega o se cambia a alguien, o se crea un token.
notice-exception-opened = { $about ->
    [order-and-place] { $exception }: { $order }, { $place }
    [order] { $exception }: { $order }
    [place] { $exception }: { $place }
   *[nothing] { $exception }
}
notice-exception-escalated = Escalada a { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-exception-assigned = Encargada a { $to }: { $exception }{ $about ->
    [order-and-place] , { $order }, { $place }
    [order] , { $order }
    [place] , { $place }
   *[nothing] { "" }
}
notice-fulfillment-rejected = { $place } rechazó { $order }
notice-fulfillment-expired = { $place } dejó pasar el plazo de { $order }
notice-fulfillment-short-pick = { $place } no encontró { $product } para { $order }
notice-order-held = { $order } está retenido
notice-order-released = Se liberó { $order }
notice-count-handed-in = Hay un conteo entregado por revisar
notice-stock-short = En { $place } faltan unidades de { $product } que estaban prometidas
notice-settings-changed = Cambió la configuración
notice-location-added = Se agregó { $place }
notice-location-changed = Se cambió { $place }
notice-location-paused = { $place } está en pausa
notice-location-resumed = { $place } recibe pedidos de nuevo
notice-rules-published = Se publicaron reglas
notice-rules-withdrawn = Se anuló la publicación de reglas
notice-rules-replay-done = Terminó una simulación de reglas
notice-user-added = Se agregó a { $name }
notice-user-changed = Cambió lo que alguien puede hacer
notice-token-made = Se creó un token: { $name }
notices-title = Mis avisos
notices-words = Los avisos llegan a tu bandeja, y a ningún otro lugar.
notices-topics = Qué, y dónde
notices-default-on = Lo habitual para tu rol ({ $role }): sí
notices-default-off = Lo habitual para tu rol ({ $role }): no
notices-on = Sí
notices-off = No
notices-places = Distinto en algunas ubicaciones
notices-places-own = { $n ->
    [one] Distinto en una ubicación
   *[other] Distinto en { $n } ubicaciones
}
notices-as-everywhere = Como en todas
notices-quiet = Horas de silencio
notices-quiet-on = No avisarme de nada durante estas horas
notices-quiet-words = Según el reloj de la tienda, también pasada la medianoche. Lo que ocurra mientras tanto te espera al terminar.
notices-quiet-when = no es una hora del día; escríbela así: 22:00
field-from-minute = Desde
field-to-minute = Hasta
done-notices-saved = Guardado. Rige desde ahora.
