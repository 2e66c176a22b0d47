# Rules: which hold, writing them, trying them, publishing them, teaching them.
state-in-force = سارٍ
rules-title = القواعد
rules-edit = تعديل
rules-try = تجربة على طلب
rules-replay = محاكاة
rules-cards = بطاقات التدريب
rules-in-force = السارية
rules-version = الإصدار { $number }
rules-version-named = الإصدار { $number }: { $name }
rules-version-word = الإصدار
rules-since = منذ
rules-no-sentence = لا جملة فيه: من كل المواقع القادرة على إرسال الطلب يفوز الأقل تكلفة.
rules-none = لا قواعد سارية بعد
rules-none-words = إلى أن تسري قواعد، يفوز الموقع الأقل تكلفة القادر على إرسال الطلب. القواعد جمل يستطيع كل من هنا قراءتها.
rules-begin = البدء ببضع قواعد تريدها معظم المتاجر
rules-versions = الإصدارات
rules-versions-none = لم يُحفظ شيء بعد.
rules-compare = مقارنة
rules-compare-now = مقارنة بالسارية
rules-comment = تعليق
rules-written = كُتب
rules-held-from = سرى من
rules-never-held = لم يسرِ
rules-actions = ما يمكن فعله
rules-roll-back = الرجوع إلى هذا
rules-publish-this = نشر هذا
rules-publish = نشر
rules-scheduled = مجدول
rules-from = اعتبارًا من
rules-withdraw = سحب
rules-replays = المحاكاة
rules-replays-none = لا محاكاة بعد. تقول المحاكاة كم كانت القواعد ستكلّف على طلباتك السابقة.
rules-against = مقابل
rules-against-lowest = مقابل أقل تكلفة
rules-lowest = أقل تكلفة
rules-guardrails = الضوابط
rules-in-order = القواعد، بهذا الترتيب
rules-sentences = الجمل
rules-sentence = الجملة
rules-as-text = كنص
rules-remarks = ما يستحق النظر
rules-errors-words = لا يمكن نشره قبل تصحيح ذلك.
rules-severity-error = خطأ
rules-severity-warning = تحذير
rules-severity-hint = تلميح
rules-replay-title-short = محاكاة على الماضي
rules-replay-days = طلبات
rules-last-days = { $n ->
    [zero] آخر { $n } يوم
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $n } أيام
    [many] آخر { $n } يومًا
   *[other] آخر { $n } يوم
}
rules-replay-worth = قياس قيمة كل جملة
rules-replay-words = لا يتغيّر بها شيء. تستغرق من ثوانٍ إلى دقائق.
rules-try-order = رقم طلب
rules-try-go = تجربة
# The editor
rules-edit-title = كتابة القواعد
rules-mode = كيف تُعرض القواعد
rules-mode-tiles = منشئ الجمل
rules-mode-text = نص
rules-text-label = كل القواعد، جملة في كل سطر
rules-text-hint = الجمل تحت «Guardrails» حدود صارمة، والجمل تحت «Rules» تُتبع بالترتيب. السطر الذي يبدأ بعلامة # تعليق.
rules-name-label = اسم مجموعة القواعد
rules-guardrails-words = حدود صارمة: تسري مهما كلّفت.
rules-in-order-words = ما يُفضَّل، وما يُراعى. اسحب القاعدة أو استعمل أسهمها لتغيير الترتيب.
rules-drag = اسحب للنقل
rules-when = عندما
rules-and = و
rules-always-do = دائمًا
rules-then-do = إذن
rules-choose-condition = ما الشرط
rules-choose-action = ماذا يُفعل
rules-choose-places = أي المواقع
rules-choose-test = كيف يجب أن يكون هذا الموقع
rules-drop-condition = حذف هذا الشرط
rules-drop-test = حذف هذا الاختبار
rules-add-when = فقط عندما…
rules-add-and = وعندما…
rules-add-test = المواقع التي…
rules-add-guardrail = إضافة ضابط
rules-add-rule = إضافة قاعدة
rules-move-up = نقل الجملة { $n } إلى أعلى
rules-move-down = نقل الجملة { $n } إلى أسفل
rules-drop = حذف الجملة { $n }
rules-group-order = الطلب
rules-group-item = منتج فيه
rules-group-action = ماذا يُفعل
rules-group-places = أي المواقع
rules-group-place-test = كيف يجب أن يكون هذا الموقع
rules-field-choice = أيها
rules-field-units = القطع
rules-field-parcels = الطرود
rules-field-days = الأيام
rules-field-shelf-days = أيام على الرف
rules-field-length = المسافة
rules-field-zone = المنطقة
rules-field-weight = الوزن
rules-field-money = المبلغ
rules-field-share = النسبة المئوية
rules-field-time = الوقت من اليوم
rules-field-weekdays = أيام الأسبوع
rules-field-regions = ولايات أو محافظات، بينها فواصل
rules-field-postal-codes = بدايات الرموز البريدية، بينها فواصل
rules-field-channel = اسم القناة
rules-field-order-tag = وسم الطلب
rules-field-category = الفئة
rules-field-product-tag = وسم المنتج
rules-field-sku = SKU
rules-field-class = تصنيف الموقع
rules-field-location-tag = وسم الموقع
rules-field-reason = السبب
rules-field-locations = المواقع
rules-reads = كيف تُقرأ
rules-reads-like = كجمل
rules-nothing-to-say = لا شيء يحتاج إلى تصحيح.
rules-budget = { $n ->
    [zero] لا قواعد؛ يحفظ الفريق خمسًا منها.
    [one] قاعدة واحدة؛ يحفظ الفريق خمسًا منها.
    [two] قاعدتان؛ يحفظ الفريق خمسًا منها.
    [few] { $n } قواعد؛ يحفظ الفريق خمسًا منها.
    [many] { $n } قاعدة؛ يحفظ الفريق خمسًا منها.
   *[other] { $n } قاعدة؛ يحفظ الفريق خمسًا منها.
}
rules-save = حفظ
rules-save-words = يُحفظ كإصدار جديد. لا يتغيّر شيء حتى تنشره.
rules-save-why-not = صحّح أولًا ما عليه علامة خطأ، ثم يمكن الحفظ.
rules-comment-label = ماذا غيّرت، ولماذا؟
done-rules-saved = حُفظ كإصدار جديد. لا يسري حتى تنشره.
# Test on one order
rules-try-title = تجربة الإصدار { $number } على طلب
rules-try-hint = رقم طلب، مثل ‎#1043
rules-try-empty = أي طلب؟
rules-try-empty-words = اكتب رقم طلب لترى إلى أين ترسله هذه القواعد اليوم، بجانب ما قُرّر له.
rules-try-none = لا يوجد طلب باسم { $asked }.
rules-try-result = الطلب
rules-try-same = كان سيخرج من الموقع نفسه.
rules-try-moves = كان سيخرج من موقع آخر.
rules-try-before = كما وُجّه
rules-try-after = بهذه القواعد، الآن
rules-try-words = وُجّه من جديد بمخزون هذه اللحظة وساعاتها، فقد تختلف التكلفة حيث لا تختلف القواعد. لم يتغيّر شيء.
# Replay
rules-replay-title = محاكاة الإصدار { $number }
rules-replay-orders = من الطلبات
rules-replay-waiting = تبدأ بعد لحظة.
rules-replay-progress = تقدّم المحاكاة
rules-replay-cancel = إيقافها
done-rules-replay-cancelled = أُوقفت المحاكاة.
rules-verdict = في جملة واحدة
rules-verdict-none = لا يمكن مقارنة أي طلب من هذه المدة.
rules-verdict-less = كانت ستكلّف أقل بمقدار { $amount } لكل طلب، بين { $low } و{ $high }.
rules-verdict-more = كانت ستكلّف أكثر بمقدار { $amount } لكل طلب، بين { $low } و{ $high }.
rules-verdict-same = كانت ستكلّف الشيء نفسه.
rules-verdict-unclear-less = كانت ستكلّف أقل بمقدار { $amount } لكل طلب، وقد يكون ذلك صدفة: بين { $low } و{ $high }.
rules-verdict-unclear-more = كانت ستكلّف أكثر بمقدار { $amount } لكل طلب، وقد يكون ذلك صدفة: بين { $low } و{ $high }.
rules-verdict-unknown-less = كانت ستكلّف أقل بمقدار { $amount } لكل طلب؛ الأيام أقل من أن يُعرف مدى تأكد ذلك.
rules-verdict-unknown-more = كانت ستكلّف أكثر بمقدار { $amount } لكل طلب؛ الأيام أقل من أن يُعرف مدى تأكد ذلك.
rules-over-orders = { $n ->
    [zero] دون أي طلب.
    [one] على طلب واحد.
    [two] على طلبين.
    [few] على { $n } طلبات.
    [many] على { $n } طلبًا.
   *[other] على { $n } طلب.
}
rules-moved-count = { $n ->
    [0] لم يكن أي منها سيخرج من موقع آخر.
    [zero] لم يكن أي منها سيخرج من موقع آخر.
    [one] كان واحد منها سيخرج من موقع آخر.
    [two] كان اثنان منها سيخرجان من موقع آخر.
   *[other] كانت { $n } منها ستخرج من موقع آخر.
}
rules-cheaper = { $n } أقل تكلفة،
rules-dearer = { $n } أعلى تكلفة.
rules-saved-total = المجموع:
rules-figure = المؤشر
rules-figure-cost = التكلفة لكل طلب، مع احتساب ما لم يُلبَّ
rules-figure-splits = طلبات في أكثر من طرد
rules-figure-parcels = الطرود
rules-figure-late = وعود لم تتحقق
rules-figure-fill = القطع التي لُبّيت
rules-figure-filled = طلبات لُبّيت كاملة
rules-figure-held = طلبات عُلّقت ليقرّر شخص
rules-is-better = أفضل
rules-is-worse = أسوأ
rules-before = قبل
rules-after = بعد
rules-worth-title = قيمة كل جملة
rules-worth = القيمة
rules-would-move = طلبات تنقلها
rules-worth-flags = { $n ->
    [zero] لم تنبّه إلى مخزون منخفض
    [one] نبّهت إلى مخزون منخفض مرة واحدة
    [two] نبّهت إلى مخزون منخفض مرتين
    [few] نبّهت إلى مخزون منخفض { $n } مرات
    [many] نبّهت إلى مخزون منخفض { $n } مرة
   *[other] نبّهت إلى مخزون منخفض { $n } مرة
}
rules-worth-idle = لم تغيّر شيئًا
rules-worth-same = أقل من سنت لكل طلب
rules-worth-saves = توفّر { $amount } لكل طلب، بالتأكيد
rules-worth-costs = تكلّف { $amount } لكل طلب، بالتأكيد
rules-worth-unclear = لا أثر واضح على التكلفة
rules-moved = طلبات كانت ستنتقل
rules-moved-none = كان كل طلب سيخرج من حيث خرج.
rules-moved-most = { $n ->
    [zero] لا طلبات.
    [one] الطلب الذي تتغيّر تكلفته أكثر من غيره.
    [two] الطلبان اللذان تتغيّر تكلفتهما أكثر من غيرهما.
    [few] { $n } طلبات تتغيّر تكلفتها أكثر من غيرها.
    [many] { $n } طلبًا تتغيّر تكلفتها أكثر من غيرها.
   *[other] { $n } طلب تتغيّر تكلفتها أكثر من غيرها.
}
rules-rests-on = ما بُني عليه هذا
# Comparing and publishing
rules-compare-title = الإصدار { $from } والإصدار { $to }
rules-compare-from = من الإصدار
rules-compare-to = إلى الإصدار
rules-differs = جملة جملة
rules-same = يقولان الشيء نفسه.
rules-change-kept = باقية
rules-change-added = مضافة
rules-change-removed = محذوفة
rules-change-moved = منقولة
rules-change-changed = معدَّلة
rules-publish-title = نشر الإصدار { $number }
rules-publish-changes = ما الذي يتغيّر
rules-publish-holds = هذا الإصدار سارٍ بالفعل.
rules-publish-when = متى يسري؟
rules-publish-now = الآن
rules-publish-later = في يوم محدد
rules-publish-date = اليوم
rules-publish-time = الوقت
rules-publish-clock = بساعة المتجر.
rules-publish-comment = تعليق، لمن يتساءل لاحقًا
rules-publish-words = الطلبات التي تُوجَّه بعد ذلك تتبع هذه القواعد. ما وُجّه من قبل يبقى حيث هو. يمكنك الرجوع في أي وقت.
rules-publish-errors = لا يمكن نشره:
done-rules-in-force = تم النشر: تُوجَّه الطلبات بهذه القواعد من الآن.
done-rules-scheduled = تمت الجدولة.
done-rules-withdrawn = سُحب، ولن يسري.
# Training cards
rules-cards-title = بطاقات التدريب
rules-cards-way = طريق الطلب
rules-cards-comes = يصل طلب.
rules-cards-hard = أولًا الحدود الصارمة. تسري مهما كلّفت.
rules-cards-soft = ثم القواعد، بهذا الترتيب.
rules-cards-yes = نعم:
rules-cards-no = لا: تابع.
rules-cards-either = في الحالتين: تابع.
rules-cards-cheapest = يفوز الموقع الأقل تكلفة القادر على إرساله.
rules-cards-then-cheapest = ثم يفوز الأقل تكلفة مما بقي.
rules-cards-check = قائمة تحقق
rules-cards-check-words = ضع علامة على كل جملة متى استطعت أن تقول معناها بكلماتك.
rules-cards-for = بطاقة:
rules-cards-places = من يفعل ماذا، وحتى متى ليخرج في اليوم نفسه
rules-cards-cutoff = موعد الإرسال
rules-cards-closing = وقت الإغلاق
rules-cards-when-wrong = عندما يحدث خطأ
rules-cards-within = خلال { $time }
rules-cards-never-broken = لا تُخالَف أبدًا
rules-cards-in-turn = تُتبع بالترتيب
rules-cards-stops = هذه الطلبات تنتظر شخصًا
