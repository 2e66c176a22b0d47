# Bringing in files of products and stock.
state-checking = قيد الفحص
state-checked = تم الفحص
state-reverting = قيد التراجع
state-reverted = تم التراجع
imports-title = استيراد ملف
imports-words = منتجات أو مخزون، كما يكتبها متجرك أو نقطة البيع أو جدول البيانات. ترى ما سيتغيّر قبل أن يتغيّر شيء.
imports-first = لا منتجات هنا بعد. استورد منتجاتك أولًا، ثم كم يوجد من كل منها وأين. ملف المنتجات من Shopify أو Square أو WooCommerce يحوي الاثنين غالبًا: استورده مرة واحدة، وننتقل بك من منتجاته إلى مخزونه.
imports-no-places = المخزون يحتاج إلى موقع يكون فيه.
imports-no-places-go = أضف موقعك الأول
imports-file = أفلت ملفًا هنا، أو اختر ملفًا
imports-file-hint = CSV أو نص، حتى 50 ميغابايت
imports-paste = أو الصق من جدول بيانات
imports-paste-label = الخلايا مع عناوينها
imports-paste-hint = انسخ الخلايا من جدول البيانات مع صف العناوين، والصقها هنا.
imports-pasted-name = pasted.csv
imports-kind = ماذا فيه؟
imports-kind-guessed = بحسب عناوينه
imports-kind-products = المنتجات
imports-kind-stock = المخزون
imports-sent = ما أُرسل حتى الآن
imports-look = فحصه
imports-look-hint = لم يتغيّر شيء بعد.
imports-nothing-chosen = أفلت ملفًا، أو اختر ملفًا، أو الصق خلايا من جدول بيانات
imports-earlier = ما استُورد من قبل
imports-none = لم يُستورد شيء بعد
imports-choose = اختيار ملف
imports-none-words = يبقى كل ملف هنا مع ما غيّره، ويمكن التراجع عنه لمدة 30 يومًا.
imports-name = الملف
imports-rows = الصفوف
imports-brought = استُورد
imports-known = ما يمكن قراءته
imports-known-words = الملفات كما صُدّرت، دون حاجة إلى تغييرها أولًا:
imports-known-shopify = Shopify: المنتجات والمخزون
imports-known-others = Square وWooCommerce: المنتجات
imports-known-own = أي جدول له صف عناوين. تقول ما تعنيه أعمدته مرة واحدة، ويُتذكّر ذلك.
imports-known-undo = كل ما تستورده يمكن التراجع عنه لمدة 30 يومًا.
imports-out = الاتجاه الآخر
imports-out-words = كل المخزون كجدول. عدّله في جدول بيانات، ثم استورده كما هو.
imports-out-stock = تصدير المخزون
imports-count-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفّان
    [few] { $n } صفوف
    [many] { $n } صفًا
   *[other] { $n } صف
}
imports-layout-shopify-inventory = مخزون Shopify
imports-layout-shopify-inventory-new = مخزون Shopify
imports-layout-shopify-inventory-by-place = مخزون Shopify
imports-layout-shopify-products = منتجات Shopify
imports-layout-shopify-products-new = منتجات Shopify
imports-layout-square-items = منتجات Square
imports-layout-woocommerce-products = منتجات WooCommerce
imports-layout-baton-stock = Baton
imports-layout-baton-products = Baton
imports-layout-unknown = جدول
imports-failed = توقّف:
imports-step-columns = ما الأعمدة
imports-step-check = ما سيتغيّر
imports-step-done = تم
imports-columns = ما الأعمدة
imports-columns-words = انظر إلى الأمثلة وحدّد ما هو كل عمود. الأعمدة التي تتركها لا تُقرأ.
imports-mapped-names = بحسب أسمائها
imports-mapped-remembered = كما حدّدتها آخر مرة
imports-mapped-hand = كما حدّدتها
imports-needs-sku = أي عمود فيه الـ SKU؟ اختره أدناه.
imports-needs-units = أي عمود فيه العدد الموجود؟ اختره أدناه.
imports-needs-location = الصفوف لا تذكر موقعًا: اختر الموقع الذي هي كلها فيه.
imports-needs-products = لا منتجات هنا بعد، فلا يمكن مطابقة أي صف. استورد المنتجات أولًا، ثم المخزون.
imports-column = العمود
imports-samples = أمثلة
imports-means = ما هو
imports-no-name = (بلا عنوان)
imports-not-read = لا يُقرأ
imports-warned-rows = { $n ->
    [zero] في { $n } صف
    [one] في صف واحد
    [two] في صفّين
    [few] في { $n } صفوف
    [many] في { $n } صفًا
   *[other] في { $n } صف
}
imports-field-sku = SKU
imports-field-handle = المنتج الذي تتشارك فيه الصفوف
imports-field-title = اسم المنتج
imports-field-option = الخيار، مثل المقاس
imports-field-location = الموقع
imports-field-units = القطع
imports-field-new-units = القطع، حيث كُتبت
imports-field-units-at = القطع في { $place }
imports-field-name = الاسم
imports-field-gtin = الباركود
imports-field-category = الفئة
imports-field-handling-class = طريقة المناولة
imports-field-weight-oz = الوزن بالأونصة
imports-field-weight-lb = الوزن بالرطل
imports-field-weight-g = الوزن بالغرام
imports-field-weight-kg = الوزن بالكيلوغرام
imports-field-length-in = الطول بالبوصة
imports-field-width-in = العرض بالبوصة
imports-field-height-in = الارتفاع بالبوصة
imports-field-length-mm = الطول بالمليمتر
imports-field-width-mm = العرض بالمليمتر
imports-field-height-mm = الارتفاع بالمليمتر
imports-field-length-cm = الطول بالسنتيمتر
imports-field-width-cm = العرض بالسنتيمتر
imports-field-height-cm = الارتفاع بالسنتيمتر
imports-field-price-usd = السعر
imports-field-cost-usd = تكلفته عليك
imports-field-gross-margin-usd = الربح من القطعة
imports-field-cancel-penalty-usd-per-unit = الخسارة عندما يتعذّر إرسال قطعة
imports-field-velocity = سرعة البيع (A، B، C)
imports-field-tags = الوسوم
imports-field-substitutes = البدائل
imports-field-components = أجزاء الحزمة
imports-how = ماذا تعني الأعداد
imports-place = الموقع
imports-place-by-row = كما يقول كل صف
imports-place-hint = فقط للصفوف التي لا تذكر موقعًا.
imports-mode = ماذا تفعل الأعداد؟
imports-mode-set = هي الموجود الآن
imports-mode-add = تُضاف إلى الموجود، وما دون الصفر يُطرح
imports-as-of = متى عُدّت؟
imports-as-of-hint = ما بيع أو نُقل منذ ذلك الحين يؤخذ في الحسبان.
imports-check = عرض ما سيتغيّر
imports-as-products = صفوفه منتجات
imports-as-stock = صفوفه مخزون
imports-drop = تجاهل هذا الملف
imports-header-row = العناوين في الصف { $row }.
imports-separated-by = تفصل بين أعمدته العلامة { $sign }.
imports-separated-by-tabs = تفصل بين أعمدته علامات الجدولة.
imports-wait-checking = يجري فحص كل صف
imports-wait-running = يجري الاستيراد
imports-wait-reverting = يجري التراجع
imports-wait-words = يمكنك مغادرة هذه الصفحة؛ يستمر العمل من تلقاء نفسه.
imports-look-again = تحديث
imports-stop = إيقاف
imports-would = ما سيتغيّر
imports-new = جديد
imports-changed = متغيّر
imports-same = كما هو الآن
imports-bad = لا يُقرأ
imports-remembered = تُقرأ الأعمدة كما حدّدتها آخر مرة.
imports-will = إذا تابعت
imports-will-new-stock = { $n ->
    [zero] لا منتج يصبح له مخزون في موقع لم يكن فيه.
    [one] منتج واحد يصبح له مخزون في موقع لم يكن فيه.
    [two] في حالتين يصبح لمنتج مخزون في موقع لم يكن فيه.
    [few] في { $n } حالات يصبح لمنتج مخزون في موقع لم يكن فيه.
    [many] في { $n } حالة يصبح لمنتج مخزون في موقع لم يكن فيه.
   *[other] في { $n } حالة يصبح لمنتج مخزون في موقع لم يكن فيه.
}
imports-will-set-stock = { $n ->
    [zero] لا يُضبط أي عدد.
    [one] يُضبط عدد واحد على ما يقوله الملف.
    [two] يُضبط عددان على ما يقوله الملف.
    [few] تُضبط { $n } أعداد على ما يقوله الملف.
    [many] يُضبط { $n } عددًا على ما يقوله الملف.
   *[other] يُضبط { $n } عدد على ما يقوله الملف.
}
imports-will-add-stock = { $n ->
    [zero] لا يزيد أي عدد ولا ينقص.
    [one] يزيد عدد واحد أو ينقص بما يقوله الملف.
    [two] يزيد عددان أو ينقصان بما يقوله الملف.
    [few] تزيد { $n } أعداد أو تنقص بما يقوله الملف.
    [many] يزيد { $n } عددًا أو ينقص بما يقوله الملف.
   *[other] يزيد { $n } عدد أو ينقص بما يقوله الملف.
}
imports-will-up = { $n ->
    [zero] لا زيادة
    [one] زيادة قطعة واحدة
    [two] زيادة قطعتين
    [few] زيادة { $n } قطع
    [many] زيادة { $n } قطعة
   *[other] زيادة { $n } قطعة
}
imports-will-down = { $n ->
    [zero] لا نقص
    [one] نقص قطعة واحدة
    [two] نقص قطعتين
    [few] نقص { $n } قطع
    [many] نقص { $n } قطعة
   *[other] نقص { $n } قطعة
}
imports-will-at = كلها في { $place }.
imports-will-new-products = { $n ->
    [zero] لا يُضاف أي منتج.
    [one] يُضاف منتج واحد.
    [two] يُضاف منتجان.
    [few] تُضاف { $n } منتجات.
    [many] يُضاف { $n } منتجًا.
   *[other] يُضاف { $n } منتج.
}
imports-will-change-products = { $n ->
    [zero] لا يتغيّر أي منتج.
    [one] يتغيّر منتج واحد.
    [two] يتغيّر منتجان.
    [few] تتغيّر { $n } منتجات.
    [many] يتغيّر { $n } منتجًا.
   *[other] يتغيّر { $n } منتج.
}
imports-will-leave = { $n ->
    [zero] لا يُترك أي صف.
    [one] صف واحد لا يُقرأ يُترك، ويبقى في ملف خاص به.
    [two] صفّان لا يُقرآن يُتركان، ويبقيان في ملف خاص بهما.
    [few] { $n } صفوف لا تُقرأ تُترك، وتبقى في ملف خاص بها.
    [many] { $n } صفًا لا تُقرأ تُترك، وتبقى في ملف خاص بها.
   *[other] { $n } صف لا تُقرأ تُترك، وتبقى في ملف خاص بها.
}
imports-will-skip = { $n ->
    [zero] لا صفوف فارغة.
    [one] صف واحد لا يقول شيئًا، فيُتجاوز.
    [two] صفّان لا يقولان شيئًا، فيُتجاوزان.
    [few] { $n } صفوف لا تقول شيئًا، فتُتجاوز.
    [many] { $n } صفًا لا تقول شيئًا، فتُتجاوز.
   *[other] { $n } صف لا تقول شيئًا، فتُتجاوز.
}
imports-will-undo = يمكنك التراجع عن كل ذلك لمدة 30 يومًا.
imports-will-nothing = لن يتغيّر شيء، فلا شيء يُستورد.
imports-confirm-stock = { $n ->
    [zero] تغيير الأعداد
    [one] تغيير عدد واحد
    [two] تغيير عددين
    [few] تغيير { $n } أعداد
    [many] تغيير { $n } عددًا
   *[other] تغيير { $n } عدد
}
imports-confirm-products = { $n ->
    [zero] استيراد المنتجات
    [one] استيراد منتج واحد
    [two] استيراد منتجين
    [few] استيراد { $n } منتجات
    [many] استيراد { $n } منتجًا
   *[other] استيراد { $n } منتج
}
imports-back-to-columns = العودة إلى الأعمدة
imports-bad-rows = { $n ->
    [zero] كل الصفوف تُقرأ
    [one] صف واحد لا يُقرأ
    [two] صفّان لا يُقرآن
    [few] { $n } صفوف لا تُقرأ
    [many] { $n } صفًا لا تُقرأ
   *[other] { $n } صف لا تُقرأ
}
imports-bad-file = تنزيل هذه الصفوف
imports-bad-words = نزّل هذه الصفوف مع أسبابها، وصحّحها في جدول بيانات، ثم استورد الملف كما هو.
imports-bad-more = هذه أولها؛ وفي الملف كلها.
imports-row = الصف
imports-value = ما يقوله
imports-what-to-do = ما الخطأ
imports-largest = أكبر التغييرات
imports-difference = الفرق
imports-over-done = تم الاستيراد
imports-over-failed = توقف في الطريق
imports-over-cancelled = أُلغي
imports-over-reverted = تم التراجع عنه
imports-taken-back = تم التراجع عنه
imports-left-as-is = تُرك كما هو
imports-reverted-at = وقت التراجع:
imports-its-stock = والآن المخزون في هذا الملف
imports-bring-stock = استيراد المخزون
imports-next-step = التالي:
imports-see = عرض المخزون
imports-another = استيراد ملف آخر
imports-revert-sure = التراجع عمّا غيّره هذا الملف؟ ما عدّه آخرون أو غيّروه بعده يبقى كما هو.
imports-revert-until = يمكن التراجع عنه حتى
imports-revert-words = ما عُدّ أو تغيّر بعد ذلك يبقى كما هو.
imports-conflicts = ما لم يتم التراجع عنه
imports-conflicts-words = عدّ أحدهم هذه أو غيّرها بعد ذلك، فتُركت كما هي. انظر في كل منها، وصحّح ما كان خطأً.
imports-conflicts-more = هذه أول مئة.
imports-moved = ما غيّره الملف
imports-conflict-counted = عُدّ بعد ذلك
imports-conflict-changed = تمت تسويته بعد ذلك
imports-conflict-promised = القطع موعودة لطلبات
imports-no-time = ليس تاريخًا ووقتًا صحيحين
field-file = الملف
field-as-of = متى
field-mapping = الأعمدة
field-location = الموقع
