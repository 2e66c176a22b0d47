# Inventory: the grid, one product, transfers, deliveries, counts, accuracy, pools.
inventory-title = المخزون
inventory-tabs = أقسام المخزون
inventory-tab-stock = الكميات
inventory-tab-transfers = التحويلات
inventory-tab-deliveries = التوريدات
inventory-tab-counts = الجرد
inventory-tab-accuracy = الدقة
inventory-tab-pools = المخزون المشترك
inventory-tab-import = استيراد
inventory-receive = استلام بضاعة
inventory-transfer = تحويل
inventory-count = جرد
inventory-import = استيراد
inventory-export = تصدير
inventory-search = البحث في المنتجات
inventory-search-hint = SKU أو الاسم أو الباركود
inventory-like = كم بقي
inventory-any = أي كمية
inventory-like-stocked = متوفر
inventory-like-low = منخفض: بقي 1 أو 2
inventory-like-none = لم يبقَ شيء
inventory-like-negative = مخزون الأمان غير مغطى
inventory-category = الفئة
inventory-any-category = كل الفئات
inventory-velocity = سرعة البيع
inventory-any-velocity = أي سرعة بيع
inventory-velocity-A = A: sells fast
inventory-velocity-B = B: sells steadily
inventory-velocity-C = C: sells slowly
inventory-pool = المخزون المشترك
inventory-promised = يمكن الوعد به
inventory-together = المتاح معًا
inventory-no-pool = لا يوجد مخزون مشترك بعد: لا موقع يعِد بقطعه مع غيره.
inventory-not-stocked = لا يوجد هنا
inventory-legend = المتاح / الموجود، وما في الطريق
stock-mark-enough = يكفي
stock-mark-low = بقي القليل
stock-mark-none = لم يبقَ شيء
stock-mark-negative = مخزون الأمان غير مغطى
inventory-none = لا منتجات بعد
inventory-none-words = استورد ملفًا بمنتجاتك وما لديك من كل منها. لا يتغيّر شيء قبل أن تراه.
inventory-none-like-that = لا منتج بهذه المواصفات
inventory-none-like-that-words = ابحث بكلمات أقل، أو في كل المواقع.
inventory-none-yet = لا شيء كهذا حتى الآن
inventory-none-yet-words = المنتجات كثيرة، وفُحصت هذه أولًا. تابع البحث لترى الباقي.
inventory-show-all = عرض كل المنتجات
inventory-look-on = متابعة البحث
inventory-no-product = لا يوجد منتج بهذا الـ SKU.
inventory-no-day = ليس تاريخًا صحيحًا؛ اختر يومًا
inventory-spot-reason = فُحص من صفحة المخزون
# Units by state
units-on-hand = الموجود
units-committed = المحجوز
units-safety-stock = مخزون الأمان
units-damaged = التالف
units-quality-control = في فحص الجودة
units-showroom = المعروض
units-incoming = في الطريق
units-available = المتاح
stock-sum = المجموع
states-title = ما لدى كل موقع
states-none = لم يوجد في أي موقع من قبل
states-none-words = سجّل كم يوجد منه من «تسوية»، أو انتظر توريدًا.
# A correction
stock-adjust = تسوية
stock-what = ما الوضع الفعلي؟
stock-units = كم العدد؟
stock-why = ما السبب؟
stock-force = حتى لو نزل عمّا تعتمد عليه الطلبات. تُنبَّه هذه الطلبات وتحتاج إلى انتباه.
stock-count = طلب جرده
stock-count-words = يفتح جردًا لهذا المنتج وحده. لا يتغيّر شيء قبل أن يرى المدير الفرق.
correct-set = الموجود فعلًا هو هذا العدد
correct-more = يزيد بهذا العدد
correct-fewer = ينقص بهذا العدد
correct-damage = التالف منها هذا العدد
correct-repair = هذا العدد من التالف صالح للبيع من جديد
correct-discard = هذا العدد من التالف يُتخلَّص منه
correct-to-quality-control = هذا العدد يدخل فحص الجودة
correct-pass-quality-control = هذا العدد اجتاز فحص الجودة
correct-fail-quality-control = هذا العدد لم يجتز فحص الجودة
correct-to-showroom = هذا العدد يوضع في العرض
correct-from-showroom = هذا العدد يعود من العرض
correct-safety-stock = مخزون الأمان هو هذا العدد
reason-stock-counted = أُعيد عدّه
reason-stock-broken = مكسور
reason-stock-lost = لم يُعثر عليه
reason-stock-found = عُثر عليه
reason-stock-returned = عاد
reason-stock-own-use = استُعمل في الفرع
reason-stock-wrong-entry = سُجّل خطأً من قبل
done-stock-corrected = تمت تسوية الدفاتر.
done-stock-forced = تمت تسوية الدفاتر. الطلبات التي اعتمدت على القطع الناقصة تحتاج إلى انتباه.
done-stock-same = كان العدد نفسه في الدفاتر.
# Why a number is so
why-number = { $n ->
    [zero] لماذا لا يمكن الوعد بشيء؟
    [one] لماذا يمكن الوعد بقطعة واحدة؟
    [two] لماذا يمكن الوعد بقطعتين؟
    [few] لماذا يمكن الوعد بـ { $n } قطع؟
    [many] لماذا يمكن الوعد بـ { $n } قطعة؟
   *[other] لماذا يمكن الوعد بـ { $n } قطعة؟
}
why-any-channel = أي قناة
why-look = عرض
why-not-for-sale = ليس للبيع
why-adds = يُحتسب
why-because = السبب
why-heard = آخر خبر عنه
why-see-gate = عرض الأدلة
why-in-carts = { $n ->
    [zero] لا شيء من المحجوز في سلال التسوق
    [one] قطعة واحدة من المحجوز في سلال التسوق
    [two] قطعتان من المحجوز في سلال التسوق
    [few] { $n } قطع من المحجوز في سلال التسوق
    [many] { $n } قطعة من المحجوز في سلال التسوق
   *[other] { $n } قطعة من المحجوز في سلال التسوق
}
why-missing = { $n ->
    [zero] لا تنقص أي قطعة
    [one] تنقص قطعة واحدة
    [two] تنقص قطعتان
    [few] تنقص { $n } قطع
    [many] تنقص { $n } قطعة
   *[other] تنقص { $n } قطعة
}
why-together = المجموع حيث الدفاتر موثوقة
why-kept = المحجوب عن هذه القناة
why-see-pool = عرض المخزون المشترك
why-not-routed = مطلوب وليس له موقع بعد
why-see-orders = عرض الطلبات
why-promise = ما يمكن أن يعد به { $pool }
adds-all = كله
adds-nothing-left = لم يبقَ ما يُعطى
adds-gate-closed = جرده غير موثوق
adds-not-in-pool = المخزون المشترك لا يشمل هذا التصنيف
adds-not-stocked = لا يوجد هنا
# Who counts on units
committed-title = من يعتمد على القطع في { $place }
committed-to = لأجل
committed-since = منذ
committed-cart = سلة تسوق
# The ledger
ledger-title = ما حدث في { $place }
ledger-none = لا شيء بعد
ledger-when = متى
ledger-what = ماذا
ledger-change = التغيير
ledger-who = من
ledger-why = السبب
stock-missing = { $n ->
    [zero] لا قطع مفقودة من الموعود به.
    [one] قطعة واحدة مفقودة مع أنها موعودة. تخرج من الدفاتر عند انتهاء ذلك الوعد.
    [two] قطعتان مفقودتان مع أنهما موعودتان. تخرجان من الدفاتر كلما انتهت تلك الوعود.
    [few] { $n } قطع مفقودة مع أنها موعودة. تخرج من الدفاتر كلما انتهت تلك الوعود.
    [many] { $n } قطعة مفقودة مع أنها موعودة. تخرج من الدفاتر كلما انتهت تلك الوعود.
   *[other] { $n } قطعة مفقودة مع أنها موعودة. تخرج من الدفاتر كلما انتهت تلك الوعود.
}
movement-commit = حُجز لطلب
movement-release = فُكّ الحجز
movement-ship = أُرسل
movement-receive = استُلم
movement-expect = في الطريق
movement-return = عاد
movement-return-damaged = عاد تالفًا
movement-sell = بيع في الفرع
movement-damage = تالف
movement-adjust = تسوية
movement-keep-safe = تغيّر مخزون الأمان
movement-restate = أُعيد تحديده
movement-repair = صالح للبيع من جديد
movement-discard = تم التخلص منه
movement-quality-control = فحص الجودة
movement-showroom = العرض
movement-transfer-out = أُرسل إلى موقع آخر
movement-known = سُجّل
document-cnt = الجرد
document-trf = التحويل
document-rcp = التوريد
document-ful = الطلب
document-ord = الطلب
# Transfers and deliveries
transfers-title = التحويلات
transfers-new = تحويل جديد
transfers-announce = إنشاء التحويل
transfers-none = لا تحويل بهذه المواصفات
transfers-none-words = ينقل التحويل قطعًا من موقع إلى آخر، وتبقى في الدفاتر طوال الطريق.
transfers-new-words = يبقى مسودة حتى يرسله أحد. عندها تخرج قطعه من موقع وتصبح في الطريق إلى الآخر.
deliveries-title = التوريدات
deliveries-new = توريد جديد
deliveries-announce = تسجيل التوريد
deliveries-none = لا توريد بهذه المواصفات
deliveries-none-words = اكتب ما يرسله المورّد، ثم استلم البضاعة مقابله: ترى فورًا ما ينقص.
deliveries-new-words = تظهر قطعه في الطريق حتى تُستلم.
transfer-heading = من { $from } إلى { $to }
delivery-heading = من { $from } إلى { $to }
arrival-from-to = { $from } ← { $to }
arrival-way = من وإلى
arrival-products = المنتجات
arrival-announced = المعلن
arrival-received = المستلم
arrival-damaged = التالف
arrival-due = الموعد
arrival-made = أُنشئ
arrival-sent = أُرسل
arrival-ended = انتهى
arrival-from = من
arrival-to = إلى
arrival-supplier = المورّد
arrival-lines = المنتجات والقطع
arrival-lines-words = منتج في كل سطر: الـ SKU والعدد، مثل «MUG-BLUE 12». يمكنك لصق أسطر من جدول بيانات.
arrival-due-day = متوقع في
arrival-note = ملاحظة
arrival-lines-title = استُلم { $received } من { $announced }
count-units-off = { $units } من القطع
arrival-differs = الفرق
arrival-outstanding = { $n } لم يصل بعد
arrival-never-came = { $n } لم يصل قط
arrival-surplus = { $n } زيادة على المعلن
arrival-whole = كما أُعلن
arrival-came = وصل الآن
arrival-came-damaged = التالف منه
arrival-receive-title = استلام ما وصل
arrival-receive-words = غيّر الأعداد أعلاه إلى ما أخرجته من العبوات. ما لم يصل بعد يمكن استلامه لاحقًا.
arrival-besides = وصل أيضًا دون إعلان
arrival-receive = استلام
arrival-nothing-came = لا يذكر أن شيئًا وصل؛ اكتب كم وصل
arrival-close = إغلاق
arrival-close-words = { $n ->
    [zero] استُلم كل ما أُعلن. الإغلاق يعني أن لا شيء آخر سيصل.
    [one] قطعة واحدة أُعلنت ولم تُستلم. الإغلاق يعني أن لا شيء آخر سيصل.
    [two] قطعتان أُعلنتا ولم تُستلما. الإغلاق يعني أن لا شيء آخر سيصل.
    [few] { $n } قطع أُعلنت ولم تُستلم. الإغلاق يعني أن لا شيء آخر سيصل.
    [many] { $n } قطعة أُعلنت ولم تُستلم. الإغلاق يعني أن لا شيء آخر سيصل.
   *[other] { $n } قطعة أُعلنت ولم تُستلم. الإغلاق يعني أن لا شيء آخر سيصل.
}
arrival-close-whole = وصل كل شيء.
transfer-send = إرساله
transfer-cancel = إلغاء التحويل
transfer-cancel-sure = إلغاء هذا التحويل؟ لم يخرج شيء بعد، فلا يتغيّر شيء في الدفاتر.
done-transfer-announced = أُنشئ التحويل. أرسله عندما تخرج قطعه.
done-delivery-announced = سُجّل التوريد وهو منتظر.
done-transfer-sent = هو في الطريق.
done-transfer-cancelled = أُلغي التحويل.
done-arrival-received = تم الاستلام. يمكن بيع القطع.
done-arrival-closed = أُغلق. لا شيء آخر سيصل.
# Counts
count = الجرد
counts-title = الجرد
counts-new = جرد جديد
counts-none = لا جرد بهذه المواصفات
counts-none-words = اجرد تصنيفًا من المنتجات كل أسبوع، فتعرف إلى أي حد يمكن الوثوق بالدفاتر.
count-state-open = قيد العدّ
count-state-review = قيد المراجعة
count-state-posted = مُرحَّل
count-state-cancelled = ملغى
count-kind-cycle = بعض المنتجات
count-kind-spot = منتج واحد
count-kind-full = كل شيء
count-kind-words-cycle = تصنيف، أو رموز SKU التي تذكرها
count-kind-words-spot = الـ SKU الواحد الذي تذكره
count-kind-words-full = كل ما في الموقع، وما يوجد فيه غير ذلك
count-heading-cycle = جرد في { $place }
count-heading-spot = جرد منتج واحد في { $place }
count-heading-full = جرد كامل في { $place }
count-progress = التقدّم
count-so-far = { $counted } من { $lines }
count-opened = فُتح
count-what = ماذا يُجرد؟
count-skus = أو رموز SKU هذه
count-skus-words = رمز في كل سطر. تُقدَّم على التصنيف.
count-view = ماذا يرى من يعدّ؟
count-view-blind = لا يرى ما في الدفاتر
count-view-open = يرى ما في الدفاتر
count-view-words-blind = يصعب أن يوافق الدفاتر سهوًا: الجرد هنا يثبت شيئًا
count-view-words-open = بعد عدّ كل بند
count-seen-blind = عُدّ دون رؤية الدفاتر
count-seen-open = عُدّ مع رؤية الدفاتر
count-tolerance = يبقى البند صحيحًا إن لم يزد الفرق على
count-tolerance-words = قطع. 0 لمعظم الأشياء؛ وبضع قطع للبراغي والخرز.
count-within = صحيح بفرق حتى { $n }
count-assignee = المكلَّف
count-whoever = أي شخص
count-why = لماذا يُجرد؟
count-open-it = فتح الجرد
count-sheet = ما المطلوب عدّه
count-sheet-words = اكتب ما عددته، و0 حيث لا يوجد شيء، واترك ما لم تنظر فيه بعد فارغًا.
count-counted = المعدود
count-books = الدفاتر
count-difference = الفرق
count-value = القيمة
count-verdict = النتيجة
count-write-down = تسجيل
count-other-sku = شيء آخر موجود هنا (SKU)
count-nothing-written = اكتب عددًا واحدًا على الأقل أولًا.
count-nothing-ticked = حدّد بندًا واحدًا على الأقل أولًا.
count-tick-all = كل بنود هذه الصفحة
count-give-to = إسناد البنود المحدَّدة إلى
count-assign = إسناد
count-hand-in = تسليم الجرد
count-hand-in-sure = { $n ->
    [zero] عُدّت كل البنود. تسليم الجرد؟
    [one] بند واحد لم يُعدّ بعد، ويبقى كما في الدفاتر. تسليم الجرد على أي حال؟
    [two] بندان لم يُعدّا بعد، ويبقيان كما في الدفاتر. تسليم الجرد على أي حال؟
    [few] { $n } بنود لم تُعدّ بعد، وتبقى كما في الدفاتر. تسليم الجرد على أي حال؟
    [many] { $n } بندًا لم تُعدّ بعد، وتبقى كما في الدفاتر. تسليم الجرد على أي حال؟
   *[other] { $n } بند لم تُعدّ بعد، وتبقى كما في الدفاتر. تسليم الجرد على أي حال؟
}
count-cancel-it = إلغاء الجرد
count-cancel-sure = إلغاء هذا الجرد؟ تبقى الدفاتر كما هي، وما عُدّ لا يثبت شيئًا.
count-differences = الفروق
count-differ = { $n ->
    [zero] لا بند يختلف
    [one] بند واحد يختلف
    [two] بندان يختلفان
    [few] { $n } بنود تختلف
    [many] { $n } بندًا يختلف
   *[other] { $n } بند يختلف
}
count-round = الجولة { $n }
count-not-counted = لم يُعدّ
count-right = صحيح
count-differs = يختلف
count-is-posted = مُرحَّل
count-disturbed = تغيّر الرف في هذه الأثناء: الأفضل إعادة العدّ
count-post-words = الترحيل يصحّح الدفاتر. ما بيع بعد العدّ يبقى محسوبًا.
count-post-all = ترحيل الكل
count-post-ticked = ترحيل المحدَّد
count-again = إعادة عدّ المحدَّد
count-wait-review = عُدّ وينتظر
count-wait-words-review = ينظر المدير في الفروق قبل أن تتغيّر الدفاتر.
count-wait-posted = رُحّل
count-wait-words-posted = الدفاتر الآن كما عُدّت.
count-wait-cancelled = أُلغي
count-wait-words-cancelled = بقيت الدفاتر كما كانت.
scan-unknown-sku = لا يوجد SKU باسم { $sku }. سُجّل الباقي.
scan-not-in-count = { $sku } غير مطلوب في هذا الجرد، أو سبق ترحيله. سُجّل الباقي.
scan-no-count = { $sku }: اكتب عددًا من 0 إلى 1,000,000. سُجّل الباقي.
done-count-opened = فُتح الجرد.
done-count-written = تم التسجيل.
done-count-assign = أُسندت البنود.
done-count-hand-in = سُلّم الجرد. ينظر المدير في الفروق.
done-count-recount = يُعاد عدّ هذه البنود من الصفر.
done-count-post = تم الترحيل. الدفاتر الآن كما عُدّت.
done-count-cancel = أُلغي الجرد، وتبقى الدفاتر كما هي.
# Accuracy
accuracy = الصحيح
accuracy-title = الدقة
accuracy-lead = كم مرة وجد الجرد ما تقوله الدفاتر في آخر 90 يومًا. حيث يتأكد أن ذلك كافٍ، يُوعد بالقطع وتُرسل الطلبات من هناك؛ وحيث لا يكفي، فلا.
accuracy-open = موثوق
accuracy-closed = غير موثوق
accuracy-unproven = المعدود أقل من أن يُحكم
accuracy-overridden = قُرّر يدويًا
accuracy-none = لم يُجرد شيء بعد
accuracy-none-words = كل جرد مُرحَّل دليل. بضع عشرات من البنود تكفي لمعرفة إلى أي حد يمكن الوثوق بالدفاتر.
accuracy-class = التصنيف
accuracy-no-class = بلا تصنيف
accuracy-all-channels = كل القنوات
accuracy-surely = مؤكد بين
accuracy-lines = البنود المعدودة
accuracy-of = { $within } من { $lines } صحيح
accuracy-gate = البوابة
accuracy-say-otherwise = تغيير الحكم
gate-open = مفتوحة
gate-closed = مغلقة
gate-reason-too-few-lines = البنود المعدودة أقل من أن يُحكم
gate-reason-accurate = الدقة كافية بالتأكيد
gate-reason-inaccurate = الدقة غير كافية بالتأكيد
gate-reason-between = لم يتضح بعد، فتبقى كما كانت
gate-since = منذ
gate-until = حتى
gate-said-by = قرّرها
gate-end = العودة إلى حكم الجرد
gate-open-it = فتحها
gate-close-it = إغلاقها
gate-open-words = يُوعد بقطع هذا التصنيف من هنا، مهما قال الجرد، حتى اليوم الذي تختاره.
gate-close-words = لا يُوعد بقطع هذا التصنيف من هنا حتى اليوم الذي تختاره.
gate-until-day = حتى نهاية يوم
done-gate-overridden = كما قلت، حتى اليوم الذي اخترته.
done-gate-as-judged = عاد الحكم إلى الجرد.
evidence-title = البنود المعدودة
evidence-when = عُدّ
evidence-see = عرضه
evidence-none = لا بنود في آخر 90 يومًا
evidence-none-words = الجرد الأقدم لا يثبت شيئًا عن اليوم.
# Pools
pools-title = المخزون المشترك
pools-lead = المخزون المشترك مجموعة مواقع يُوعد بقطعها معًا. ما يمكن الوعد به هو ما لديها، ناقصًا ما لا يُعرض على القناة، وناقصًا ما طُلب وليس له موقع بعد.
pools-none = لا مخزون مشترك بعد
pools-none-words = أنشئ واحدًا من المواقع التي تخدم متجرك الإلكتروني.
pool-new = مخزون مشترك جديد
pool-make = إنشاء المخزون المشترك
pool-change = تعديل المخزون المشترك
pool-code = الرمز
pool-name = الاسم
pool-places = المواقع
pool-classes = التصنيفات
pool-every-class = كل التصنيفات
pool-classes-words = تصنيف في كل سطر: فئة، أو فئة وسرعة بيعها، مثل «Mugs / A». إن تُرك فارغًا: كل التصنيفات.
pool-categories = فئاتك:
pool-unproven = إلى أن يُعدّ ما يكفي
pool-unproven-open = تُحتسب قطعه
pool-unproven-closed = لا تُحتسب قطعه
pool-needs-code = مطلوب رمز قصير، مثل «web»
pool-needs-channel = مطلوب اسم القناة، مثل «web»
buffers-title = المحجوب عن القنوات
buffers-words = هذا العدد من كل منتج لا يُعرض على القناة أبدًا: احتياطًا لبيع في الفرع في الدقيقة نفسها.
buffer-units = { $n } من كل منتج
buffer-percent = { $n }% من المتاح
buffer-amount = الكمية
buffer-kind = من ماذا
buffer-kind-units = قطعة من كل منتج
buffer-kind-percent = % من المتاح
buffer-kind-none = لا شيء
buffer-set = حجب
done-pool-saved = حُفظ المخزون المشترك.
done-buffer-saved = محجوب من الآن.
