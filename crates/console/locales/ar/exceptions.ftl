# Exceptions: the queue, one of them, playbooks, what one is told of.
exception-pickup-choice = على العميل أن يختار
exception-split-threshold = تقسيم أكثر من المطلوب
state-overdue = فات موعده
exceptions-words = ما يجب أن يقرّره شخص، والأقرب موعدًا أولًا.
exceptions-tabs = لدى من
exceptions-mine = ما لديّ ({ $owner })
exceptions-all = ما لدى الجميع
exceptions-kind = النوع
exceptions-any-kind = كل الأنواع
exceptions-by-kind = بحسب النوع
exceptions-overdue-only = ما فات موعده فقط
exceptions-overdue-count = { $n } فات موعدها
exceptions-none-like-that = لا شيء بهذه المواصفات
exceptions-none-like-that-words = انظر في كل الأنواع، أو فيما لدى الجميع.
exceptions-none-here = لا شيء هنا ينتظر أحدًا
exceptions-none-here-words = { $n ->
    [zero] ولا شيء ينتظر غيرك.
    [one] واحد ينتظر غيرك.
    [two] اثنان ينتظران غيرك.
   *[other] { $n } تنتظر غيرك.
}
exceptions-none-words = ما لا يستطيع Baton أن يقرّره بنفسه، أو ما يطول أمره، يأتي إلى هنا مع موعده وطريقة لحلّه.
exceptions-show-all = عرض ما لدى الجميع
exceptions-show-resolved = عرض ما عولج
exceptions-what = ماذا
exceptions-due = الموعد
exceptions-how = كيف انتهى
exceptions-whose = لدى من
exceptions-since = منذ
exceptions-fix = ما الحل
exceptions-passed-on = { $n ->
    [zero] لم يُحَل
    [one] أُحيل مرة واحدة
    [2] أُحيل مرتين
    [two] أُحيل مرتين
    [few] أُحيل { $n } مرات
    [many] أُحيل { $n } مرة
   *[other] أُحيل { $n } مرة
}
exceptions-order = الطلب { $order }
exceptions-a-place = أحد المواقع
exceptions-an-order = المعنيّ
exceptions-opened = ظهر
# One of them
exceptions-assign = إسناد
exceptions-assign-to = من يعالجه؟
exceptions-assign-words = يبقى الموعد كما هو.
exceptions-snooze = تأجيل
exceptions-snooze-until = حتى متى؟
exceptions-snooze-hour = لمدة ساعة
exceptions-snooze-tomorrow = حتى الغد، 9:00
exceptions-snooze-other = حتى وقت آخر:
exceptions-snooze-at = اليوم والوقت
exceptions-snooze-words = لا يُحال قبل ذلك. الأوقات بساعة المتجر.
exceptions-snooze-when = ليس وقتًا صحيحًا؛ اختر ساعة أو الغد، أو اكتب يومًا ووقتًا
exceptions-held = الطلب معلَّق. السبب: { $reason }
exceptions-resolved-with = كيف عولج:
exceptions-what-to-do = ما العمل
exceptions-playbook = خطة المعالجة
exceptions-step-done = تمت
exceptions-step-tick = تمت: { $step }
exceptions-resolve-title = إنهاء المعالجة
exceptions-resolution = ماذا فُعل؟
exceptions-resolution-hint = أُعيد العدّ، والكل موجود
exceptions-resolve = وضع علامة «عولج»
exceptions-look-only = يمكنك الاطلاع على هذا. ومن يعمل هنا يستطيع معالجته.
exceptions-history = ما جرى
exceptions-note = كتابة ملاحظة
exceptions-note-add = إضافة الملاحظة
done-exceptions-assign = تم الإسناد.
done-exceptions-snooze = تم التأجيل.
done-exceptions-note = سُجّلت الملاحظة.
done-exceptions-resolve = تمت المعالجة.
done-fix-route-again = أُعيد توجيه الطلب.
done-fix-release = رُفع التعليق ووُجّه الطلب.
done-fix-give-up = أُنهي انتظار الاستلام، وقطعه متاحة من جديد.
done-fix-count = فُتح جرد لذلك الرف.
done-fix-resolve = تمت المعالجة.
fix-for-managers = يستطيع المدير فعل هذا.
fix-for-staff = يستطيع من يعمل هنا فعل هذا.
event-exception-assigned = أُسند إلى { $to }
event-exception-snoozed = أُجّل حتى { $until }
event-exception-noted = ملاحظة:
field-owner = لدى من
field-minutes = يُحال بعد
field-escalation = ثم
field-steps = الخطوات
field-until = حتى متى
field-at = اليوم والوقت
field-text = الملاحظة
field-resolution = ماذا فُعل
# What is known of it
exceptions-fact-units = القطع
exceptions-fact-off-sale = سُحب من البيع
exceptions-fact-books-say = في الدفاتر
exceptions-fact-missing = الناقص
exceptions-fact-promised-to = وعود تعتمد عليها
exceptions-fact-reason = السبب
exceptions-fact-state = حالة العمل
exceptions-short-not-found = لم يُعثر عليه
exceptions-short-damaged = تالف
exceptions-short-wrong-item = وُجد مكانه منتج آخر
# What happened
exceptions-story-inventory-mismatch = { $books_say ->
    [zero] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر لا شيء هناك.
    [one] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر قطعة واحدة هناك.
    [two] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر قطعتان هناك.
    [few] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر { $books_say } قطع هناك.
    [many] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر { $books_say } قطعة هناك.
   *[other] قطع من { $product } لم تكن على الرف في { $place }؛ وفي الدفاتر { $books_say } قطعة هناك.
}
exceptions-story-damaged = { $units ->
    [zero] قطع تالفة من { $product } في { $place }.
    [one] قطعة واحدة تالفة من { $product } في { $place }.
    [two] قطعتان تالفتان من { $product } في { $place }.
    [few] { $units } قطع تالفة من { $product } في { $place }.
    [many] { $units } قطعة تالفة من { $product } في { $place }.
   *[other] { $units } قطعة تالفة من { $product } في { $place }.
}
exceptions-story-short-pick = { $units ->
    [zero] تعذّر تجميع قطع من { $product } للطلب { $order } في { $place }.
    [one] تعذّر تجميع قطعة واحدة من { $product } للطلب { $order } في { $place }.
    [two] تعذّر تجميع قطعتين من { $product } للطلب { $order } في { $place }.
    [few] تعذّر تجميع { $units } قطع من { $product } للطلب { $order } في { $place }.
    [many] تعذّر تجميع { $units } قطعة من { $product } للطلب { $order } في { $place }.
   *[other] تعذّر تجميع { $units } قطعة من { $product } للطلب { $order } في { $place }.
}
exceptions-story-late-pick = { $state ->
    [expired] لم يقبل أحد في { $place } الطلب { $order } في الوقت المحدد.
    [picking] بدأ { $place } تجميع الطلب { $order } ولم يُنهه في الوقت المحدد.
    [packed] غلّف { $place } الطلب { $order } ولم يسلّمه في الوقت المحدد.
   *[other] لم يُنهِ { $place } الطلب { $order } في الوقت المحدد.
}
exceptions-story-late-pickup = الطلب { $order } ينتظر في { $place }، ولم يستلمه أحد في الوقت المحدد.
exceptions-story-pickup-choice = لا يمكن تسليم الطلب { $order } في الفرع الذي اختاره العميل.
exceptions-story-substitution = عُرض بديل للطلب { $order }، ولم يرد العميل بعد.
exceptions-story-split-threshold = كان الطلب { $order } سيخرج في طرود أكثر من المطلوب.
exceptions-story-unroutable = لا يستطيع أي موقع إرسال الطلب { $order }.
exceptions-story-oversold = { $missing ->
    [0] قُبل الطلب { $order }، وأخذت طلبات أخرى قطعه في اللحظة نفسها.
    [zero] قُبل الطلب { $order }، وأخذت طلبات أخرى قطعه في اللحظة نفسها.
    [one] تنقص في { $place } قطعة واحدة من { $product } سبق الوعد بها.
    [two] تنقص في { $place } قطعتان من { $product } سبق الوعد بهما.
    [few] تنقص في { $place } { $missing } قطع من { $product } سبق الوعد بها.
    [many] تنقص في { $place } { $missing } قطعة من { $product } سبق الوعد بها.
   *[other] تنقص في { $place } { $missing } قطعة من { $product } سبق الوعد بها.
}
exceptions-story-address-hold = عنوان الطلب { $order } يحتاج إلى تحقق.
exceptions-story-payment-hold = الطلب { $order } ينتظر دفعه.
exceptions-story-carrier-failure = لم تقبل شركة الشحن طردًا من الطلب { $order }.
exceptions-story-connector-failure = اتصال ببرنامج آخر لا يعمل.
# What it means
exceptions-means-inventory-mismatch = الدفاتر لا تطابق الرف. وإلى أن يعدّ أحد، لا يُعرف أيهما الصحيح.
exceptions-means-damaged = لا يمكن بيع هذه القطع كما هي. على أحد أن يقرّر مصيرها.
exceptions-means-short-pick = هذه القطع ما زالت حقًا للعميل.
exceptions-means-late-pick = قد يصل إلى العميل بعد الموعد الذي وُعد به.
exceptions-means-late-pickup = القطع محفوظة لهذا العميل، ولا يمكن بيعها لغيره.
exceptions-means-pickup-choice = يتابع الطلب طريقه متى اختار العميل شيئًا آخر.
exceptions-means-substitution = إلى أن يأتي الرد، لا يمكن أن يخرج الطلب كاملًا.
exceptions-means-split-threshold = الطرود الأكثر تكلّف أكثر، وتصل في أيام مختلفة.
exceptions-means-unroutable = طلب العميل، ولا شيء في الطريق إليه.
exceptions-means-oversold = الوعود أكثر من الموجود. لا بد أن يُوفى وعدٌ من موقع آخر، أو يُسحب.
exceptions-means-address-hold = الطرد إلى عنوان خاطئ يعود، ويكلّف مرتين.
exceptions-means-payment-hold = لا يُجمَّع شيء ولا يُرسل حتى يصل الدفع.
exceptions-means-carrier-failure = الطرد مغلَّف، ويبقى في مكانه.
exceptions-means-connector-failure = قد تكون الطلبات أو المخزون أقدم مما تبدو.
# What Baton has done
exceptions-automatic-inventory-mismatch = سحب Baton من البيع هناك ما بقي في الدفاتر، وفتح جردًا للرف.
exceptions-automatic-damaged = سحبها Baton من البيع.
exceptions-automatic-short-pick = بحث Baton عن القطع الناقصة في مواقع أخرى.
exceptions-automatic-late-pick = العمل الذي لا يقبله أحد ينتقل إلى موقع آخر من تلقاء نفسه.
exceptions-automatic-pickup-choice = يعلّق Baton الطلب إلى ذلك الحين.
exceptions-automatic-substitution = إن لم يأتِ رد ينقضي العرض، وتصبح القطع طلبًا مؤجَّلًا.
exceptions-automatic-address-hold = يعلّق Baton الطلب.
exceptions-automatic-payment-hold = يعلّق Baton الطلب.
# Playbooks
exceptions-playbooks = خطط المعالجة
exceptions-playbooks-words = لكل نوع: من يعالجه، وكم لديه من الوقت، ومن بعده، وماذا يفعلون.
exceptions-chain = من، ثم من
exceptions-then = ثم
exceptions-wait = يُحال بعد
exceptions-by-itself = تلقائيًا
exceptions-whose-playbook = الخطة
exceptions-changed = خطتك
exceptions-as-it-comes = خطة Baton
exceptions-of-kind = المفتوحة
exceptions-reset = العودة إلى خطة Baton
exceptions-reset-sure = العودة إلى الخطة التي يأتي بها Baton؟ تبقى خطتك في السجل.
exceptions-whose-and-when = من، وحتى متى
exceptions-first = من يعالجه أولًا؟
exceptions-wait-words = لدى كل من يصل إليه هذا الوقت، في كل مرة. 30 يومًا على الأكثر.
exceptions-unit = وحدة الوقت
exceptions-unit-minutes = دقائق
exceptions-unit-hours = ساعات
exceptions-unit-days = أيام
exceptions-escalation = من التالي إن لم يتصرّف أحد؟
exceptions-after = رقم { $n } بعد الأول
exceptions-nobody = لا أحد
exceptions-escalation-words = بالترتيب؛ ويبقى لدى الأخير.
exceptions-steps = ماذا يفعلون
exceptions-step = الخطوة
exceptions-step-add = إضافة خطوة
exceptions-step-up = نقل إلى أعلى
exceptions-step-down = نقل إلى أسفل
exceptions-step-remove = حذف هذه الخطوة
exceptions-steps-words = بالترتيب، اثنتا عشرة على الأكثر. الأسطر الفارغة تُترك؛ وإن لم تكتب شيئًا عادت خطوات Baton.
exceptions-playbook-look-only = يستطيع المديرون تعديل هذا.
exceptions-in-short = باختصار
exceptions-changes = من عدّلها
exceptions-changes-none = لم يعدّلها أحد: هي كما يأتي بها Baton.
exceptions-change-none = حُفظت دون تغيير
exceptions-before = قبل:
exceptions-afterwards = بعدها:
exceptions-part-owner = من يعالجه
exceptions-part-minutes = يُحال بعد
exceptions-part-escalation = من التالي
exceptions-part-steps = الخطوات
done-exceptions-playbook-saved = تم الحفظ. يسري على ما يظهر أو يُحال من الآن.
done-exceptions-playbook-reset = عادت كما يأتي بها Baton.
exceptions-by-itself-inventory-mismatch = تُسحب القطع من البيع هناك إلى أن تُعدّ
exceptions-by-itself-damaged = تُسحب القطع من البيع
exceptions-by-itself-short-pick = تُرسل القطع الناقصة من موقع آخر
exceptions-by-itself-late-pick = العمل الذي لم يقبله أحد ينتقل إلى موقع آخر
exceptions-by-itself-late-pickup = يظهر من جديد كل يوم حتى يُستلم أو يُنهى انتظاره
exceptions-by-itself-pickup-choice = ينتظر الطلب حتى يختار العميل
exceptions-by-itself-substitution = ينقضي العرض، وتصبح القطع طلبًا مؤجَّلًا
exceptions-by-itself-split-threshold = ينتظر الطلب
exceptions-by-itself-unroutable = ينتظر الطلب
exceptions-by-itself-oversold = ينتظر الطلب
exceptions-by-itself-address-hold = ينتظر الطلب
exceptions-by-itself-payment-hold = ينتظر الطلب
exceptions-by-itself-carrier-failure = تُجرَّب شركة الشحن التالية
exceptions-by-itself-connector-failure = يُجرَّب الاتصال من جديد
# The steps that Baton comes with; in English they are those that the API tells.
exceptions-step-inventory-mismatch-1 = ابحث على الرف، وفي المخزن الخلفي، وحيث توضع المرتجعات.
exceptions-step-inventory-mismatch-2 = عُدّ الموجود، وسلّم الجرد.
exceptions-step-inventory-mismatch-3 = إن كانت قطع مفقودة فرحّل الجرد، كيلا يُوعد بها أحد من جديد.
exceptions-step-damaged-1 = ضع القطع جانبًا حيث لا يجمّعها أحد.
exceptions-step-damaged-2 = قرّر هل تُباع من جديد، أو تعود إلى المورّد، أو تُشطب.
exceptions-step-damaged-3 = اعمل تسوية للمخزون ليطابق ذلك.
exceptions-step-short-pick-1 = انظر هل وُجد للقطع الناقصة موقع آخر.
exceptions-step-short-pick-2 = إن لم يوجد فأعد توجيه الطلب، أو اعرض على العميل شيئًا آخر.
exceptions-step-short-pick-3 = اجرد الرف.
exceptions-step-late-pick-1 = اسأل الفرع هل يعمل عليه أحد.
exceptions-step-late-pick-2 = إن لم يعمل عليه أحد فأعد توجيه الطلب، أو انقله إلى فرع آخر.
exceptions-step-late-pick-3 = إن تأخرت طلبات كثيرة فأوقف الفرع مؤقتًا حتى يلحق.
exceptions-step-late-pickup-1 = اتصل بالعميل أو اكتب إليه.
exceptions-step-late-pickup-2 = اتفق معه على يوم، أو أنهِ انتظار الاستلام لتعود القطع إلى البيع.
exceptions-step-pickup-choice-1 = أخبر العميل أن الفرع لا يستطيع تسليمه.
exceptions-step-pickup-choice-2 = اعرض عليه فرعًا آخر، أو الشحن، أو شيئًا آخر، أو إعادة المال.
exceptions-step-pickup-choice-3 = عدّل الطلب بحسب ما اختاره، ثم وجّهه.
exceptions-step-substitution-1 = اسأل العميل هل يقبل البديل.
exceptions-step-substitution-2 = سجّل الرد قبل أن ينقضي العرض.
exceptions-step-split-threshold-1 = انظر كم تكلّف الأجزاء، وكم يكلّف الانتظار.
exceptions-step-split-threshold-2 = دعه يخرج على أجزاء، أو أرسل الكل من موقع واحد، أو انتظر المخزون.
exceptions-step-unroutable-1 = اقرأ لماذا لا يستطيع أي موقع أخذه.
exceptions-step-unroutable-2 = غيّر ما يمنعه: قاعدة، أو إيقافًا مؤقتًا، أو عنوانًا، أو مخزونًا لم يُعدّ.
exceptions-step-unroutable-3 = أعد توجيهه، أو ألغه وأخبر العميل.
exceptions-step-oversold-1 = اعرف أي الطلبات تعتمد على القطع الناقصة.
exceptions-step-oversold-2 = أعد توجيهها، الأحدث أولًا.
exceptions-step-oversold-3 = اجرد الرف، وانظر في المحجوب عن القناة.
exceptions-step-address-hold-1 = اطلب من العميل العنوان الصحيح.
exceptions-step-address-hold-2 = صحّح الطلب، ثم ارفع التعليق.
exceptions-step-payment-hold-1 = انظر هل وصل الدفع.
exceptions-step-payment-hold-2 = ارفع التعليق، أو ألغِ الطلب وأخبر العميل.
exceptions-step-carrier-failure-1 = اختر للطرد خدمة أخرى أو شركة شحن أخرى.
exceptions-step-carrier-failure-2 = إن لم تنجح أي منها فاكتب الملصق بيدك وأدخل رقمه.
exceptions-step-connector-failure-1 = انظر هل يمكن الوصول إلى الطرف الآخر.
exceptions-step-connector-failure-2 = جدّد مفتاحه إن رُفض.
exceptions-step-connector-failure-3 = إلى ذلك الحين استورد الطلبات والجرد من ملفات.
# What one is told of
inbox-title = صندوق الوارد
inbox-bell = { $n ->
    [0] صندوق الوارد: لا جديد
    [zero] صندوق الوارد: لا جديد
    [one] صندوق الوارد: { $n } إشعار جديد
    [two] صندوق الوارد: { $n } إشعارات جديدة
    [few] صندوق الوارد: { $n } إشعارات جديدة
    [many] صندوق الوارد: { $n } إشعارًا جديدًا
   *[other] صندوق الوارد: { $n } إشعار جديد
}
inbox-unread = جديد
inbox-none = لا إشعارات بعد
inbox-none-words = هنا يأتي ما اخترت أن يصلك.
inbox-none-unread = قرأت كل شيء.
inbox-earlier = مقروء
inbox-read-all = تعليم الكل كمقروء
inbox-mark-read = تعليم كمقروء
inbox-read-one = تعليم كمقروء: { $what }
inbox-look = عرض
inbox-look-at = عرض: { $what }
inbox-choose = اختيار ما يصلك
inbox-more-unread = هناك المزيد. علّم هذه كمقروءة لتظهر.
inbox-kept = تُحفظ الإشعارات 30 يومًا. لا يصلك إشعار بما فعلته بنفسك.
topic-exceptions = الاستثناءات
topic-refusals = عمل مرفوض أو متأخر
topic-holds = الطلبات المعلَّقة
topic-counts = الجرد والقطع الناقصة
topic-setup = الإعدادات والمواقع
topic-rules = القواعد
topic-people = الأشخاص ورموز الوصول
topic-words-exceptions = يظهر استثناء، أو يُحال، أو يُسند إلى شخص.
topic-words-refusals = يرفض فرع عملًا، أو يفوته الموعد، أو لا يعثر على قطع.
topic-words-holds = يُعلَّق طلب، أو يُرفع تعليقه.
topic-words-counts = يُسلَّم جرد، أو تنقص قطع سبق الوعد بها.
topic-words-setup = تتغيّر الإعدادات أو المواقع، أو يُوقف موقع مؤقتًا أو يعود إلى قبول الطلبات.
topic-words-rules = تُنشر قواعد أو تُسحب، أو تنتهي محاكاة لها.
topic-words-people = يُضاف شخص أو تتغيّر صلاحياته، أو يُنشأ رمز وصول.
notice-exception-opened = { $about ->
    [order-and-place] { $exception }: الطلب { $order }، { $place }
    [order] { $exception }: الطلب { $order }
    [place] { $exception }: { $place }
   *[nothing] { $exception }
}
notice-exception-escalated = { $about ->
    [order-and-place] أُحيل إلى { $to }: { $exception }، الطلب { $order }، { $place }
    [order] أُحيل إلى { $to }: { $exception }، الطلب { $order }
    [place] أُحيل إلى { $to }: { $exception }، { $place }
   *[nothing] أُحيل إلى { $to }: { $exception }
}
notice-exception-assigned = { $about ->
    [order-and-place] أُسند إلى { $to }: { $exception }، الطلب { $order }، { $place }
    [order] أُسند إلى { $to }: { $exception }، الطلب { $order }
    [place] أُسند إلى { $to }: { $exception }، { $place }
   *[nothing] أُسند إلى { $to }: { $exception }
}
notice-fulfillment-rejected = رفض { $place } الطلب { $order }
notice-fulfillment-expired = لم يتصرّف { $place } قبل موعد الطلب { $order }
notice-fulfillment-short-pick = لم يعثر { $place } على { $product } للطلب { $order }
notice-order-held = عُلّق الطلب { $order }
notice-order-released = رُفع تعليق الطلب { $order }
notice-count-handed-in = سُلّم جرد وينتظر المراجعة
notice-stock-short = تنقص في { $place } قطع من { $product } سبق الوعد بها
notice-settings-changed = تغيّرت الإعدادات
notice-location-added = أُضيف { $place }
notice-location-changed = عُدّل { $place }
notice-location-paused = أُوقف { $place } مؤقتًا
notice-location-resumed = عاد { $place } إلى قبول الطلبات
notice-rules-published = نُشرت قواعد
notice-rules-withdrawn = سُحب نشر قواعد
notice-rules-replay-done = انتهت محاكاة قواعد
notice-user-added = أُضيف { $name }
notice-user-changed = تغيّرت صلاحيات شخص
notice-token-made = أُنشئ رمز وصول: { $name }
notices-title = ما يصلني
notices-words = تأتي الإشعارات إلى صندوق الوارد هنا فقط.
notices-topics = ماذا، وأين
notices-default-on = كالمعتاد لدورك ({ $role }): نعم
notices-default-off = كالمعتاد لدورك ({ $role }): لا
notices-on = نعم
notices-off = لا
notices-places = خلاف ذلك في بعض المواقع
notices-places-own = { $n ->
    [zero] كما في كل المواقع
    [one] خلاف ذلك في موقع واحد
    [two] خلاف ذلك في موقعين
    [few] خلاف ذلك في { $n } مواقع
    [many] خلاف ذلك في { $n } موقعًا
   *[other] خلاف ذلك في { $n } موقع
}
notices-as-everywhere = كما في كل المواقع
notices-quiet = ساعات الهدوء
notices-quiet-on = لا تنبّهني خلال هذه الساعات
notices-quiet-words = بساعة المتجر، ولو تجاوزت منتصف الليل. ما يحدث أثناءها تجده بعد انتهائها.
notices-quiet-when = ليس وقتًا صحيحًا؛ اكتبه هكذا 22:00
field-from-minute = من
field-to-minute = حتى
done-notices-saved = تم الحفظ. يسري من الآن.
