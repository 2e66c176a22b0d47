# Orders: the list, one order, sending it elsewhere.
orders-title = الطلبات
orders-tabs = ما ينتظر
orders-all = الكل
orders-search = البحث في الطلبات
orders-search-hint = رقم الطلب أو الاسم أو SKU أو الباركود أو رقم التتبّع أو آخر أرقام الهاتف
orders-none = لا طلبات بعد
orders-none-words = تأتي الطلبات من متجرك أو من ملف أو عبر API. اربط واحدًا منها لتبدأ.
orders-connect = كيف تصل الطلبات
orders-none-like-that = لا طلب بهذه المواصفات
orders-none-like-that-words = ابحث بكلمات أقل، أو في كل الحالات.
orders-show-all = عرض كل الطلبات
work-to-decide = للتوجيه
work-to-pick = للتجميع
work-to-pack = للتغليف
work-waiting-for-pickup = ينتظر الاستلام
work-late = متأخر
work-needs-attention = يحتاج إلى انتباه
work-split = مقسَّم
any-state = كل الحالات
any-lane = كل طرق التسليم
any-location = كل المواقع
filter = تصفية
order = الطلب
placed = سُجّل
state = الحالة
lane = طريقة التسليم
channel = القناة
location = الموقع
order-title = الطلب { $name }
order-hold = تعليق
order-release = رفع التعليق
order-reroute = إرسال من موقع آخر
order-cancel = إلغاء الطلب
hold-why = ماذا ينتظر؟
hold-words = لا يُوجَّه منه شيء ولا يُجمَّع ولا يُرسل حتى يُرفع التعليق.
hold-payment = الدفع
hold-address = العنوان
hold-customer = العميل
hold-stock = المخزون
hold-address-unknown = تعذّر العثور على العنوان
hold-too-large = بنوده أو قطعه أكثر من المسموح
hold-empty = لا شيء فيه ليُرسل
hold-no-store-chosen = لم يُختر فرع للاستلام
hold-held-by-rule = بحسب قاعدة
hold-margin-too-low = ربحه أقل من المطلوب
hold-no-location = لا يستطيع أي موقع إرساله
cancel-what = ما الذي يُلغى؟
cancel-why = ما السبب؟
cancel-words = ما خرج يبقى لدى العميل، ويعود كمرتجع.
done-order-hold = عُلّق الطلب.
done-order-release = رُفع التعليق ووُجّه الطلب.
done-order-cancel = أُلغي الطلب، وقطعه متاحة من جديد.
done-order-route = أُعيد توجيه الطلب.
done-offer-answered = سُجّل الرد.
undo-reason = تراجع
print = طباعة
promised-by = الوعد حتى
lines = ما طُلب
product = المنتج
ordered = المطلوب
price = السعر
where-it-stands = أين وصل
units-open = للتوجيه
units-backordered = مؤجَّلة
units-allocated = لدى موقع
units-shipped = خرجت
units-cancelled = أُلغيت
units-returned = عادت
picked = جُمّع { $n }
parcel = طرد
parcels = الطرود
pickup-code = رمز الاستلام
due = الموعد
arrives = الوصول
leaves = الخروج
zone = المنطقة
offer = بديل
instead-of = بدلًا من
answer-by = الرد حتى
offer-accept = العميل يقبل
offer-decline = العميل يرفض
timeline = ما حدث
customer = العميل
picks-up-at = يستلم من
money = المبالغ
goods = البضاعة
shipping-paid = الشحن الذي دفعه العميل
refunded = المُعاد إلى العميل
labels-cost = ملصقات الشحن
landed-cost = التكلفة الإجمالية
returns = المرتجعات
damaged = تالف
facts = التفاصيل
number-there = رقمه في القناة
id = المعرّف
service = الخدمة
tags = الوسوم
see-to-it = معالجته
somebody = أحدهم هنا
a-program = برنامج
service-standard = عادي
service-expedited = سريع
service-next-day = اليوم التالي
service-same-day = اليوم نفسه
reroute-title = إرسال الطلب { $name } من موقع آخر
reroute-to = من أين؟
reroute-by-rules = من حيث تقول القواعد
reroute-look = معاينة ما سيحدث
reroute-look-words = لم يتغيّر شيء بعد.
reroute-looking = معاينة ما سيحدث
reroute-then = ما سيحدث
reroute-why = لماذا تقرّر هذا يدويًا؟
reroute-do = تنفيذ
now = الآن
then = بعدها
outcome = النتيجة
reroute-arrives = الوصول
outcome-placed = وُجد موقع للكل
outcome-partly-placed = وُجد موقع لجزء منه
outcome-not-placed = لم يوجد موقع لشيء منه
outcome-held = سيُعلَّق
# Events
event-order-taken = وصل الطلب من { $channel }
event-order-decided = وُجّه إلى { $locations }، { $cost }
event-order-decided-nowhere = القرار: لا يستطيع أي موقع إرساله
event-order-held = عُلّق
event-order-released = رُفع التعليق
event-order-edited = عُدّل
event-order-cancelled = أُلغي
event-order-units-cancelled = أُلغيت قطع
event-order-returned = عادت قطع
event-order-routed-by-hand = أُعيد توجيهه يدويًا
event-order-backorder-released = لُبّي الطلب المؤجَّل
event-fulfillment-accepted = قُبل
event-fulfillment-picking = بدأ التجميع
event-fulfillment-picked = جُمّع
event-fulfillment-packed = غُلّف
event-fulfillment-ready-for-pickup = جاهز للاستلام
event-fulfillment-shipped = سُلّم إلى شركة الشحن، رقم التتبّع { $tracking }
event-fulfillment-collected = استلمه العميل
event-fulfillment-delivered = وصل إلى العميل
event-fulfillment-rejected = رفضه الموقع
event-fulfillment-expired = لم يتصرف الموقع قبل الموعد
event-fulfillment-moved = نُقل إلى موقع آخر
event-fulfillment-cancelled = أُلغي العمل
event-fulfillment-held = عُلّق العمل
event-fulfillment-released = استؤنف العمل
event-fulfillment-short-pick = لم يُعثر على قطع
event-exception-opened = يحتاج إلى انتباه: { $kind }
event-exception-resolved = عولج
event-exception-escalated = أُحيل إلى { $to }: لم يتصرّف أحد
event-substitution-offered = عُرض بديل
event-substitution-answered = رد العميل على البديل
owner-store = الفرع
owner-customer-service = خدمة العملاء
owner-manager = المدير
owner-owner = المالك
exception-inventory-mismatch = الدفاتر لا تطابق الرف
exception-damaged = تالف
exception-short-pick = قطع لم يُعثر عليها
exception-late-pick = تأخر التجميع
exception-late-pickup = لم يُستلم في الوقت المحدد
exception-substitution = بديل ينتظر الرد
exception-unroutable = لا موقع يستطيع إرساله
exception-oversold = الوعود أكثر من الموجود
exception-address-hold = عنوان يحتاج إلى تحقق
exception-payment-hold = دفع يحتاج إلى تحقق
exception-carrier-failure = تعذّر الشحن
exception-connector-failure = انقطع اتصال
# The list: counts, views, many at once
units = القطع
why = السبب
export = تصدير
orders-count = { $n ->
    [zero] لا طلبات
    [one] طلب واحد
    [two] طلبان
    [few] { $n } طلبات
    [many] { $n } طلبًا
   *[other] { $n } طلب
}
orders-more-than = { $n ->
    [zero] أكثر من { $n } طلب
    [one] أكثر من طلب
    [two] أكثر من طلبين
    [few] أكثر من { $n } طلبات
    [many] أكثر من { $n } طلبًا
   *[other] أكثر من { $n } طلب
}
tick-all = تحديد كل ما في الصفحة
tick-one = تحديد الطلب { $name }
tick-matching = كل ما في القائمة، وعدده { $n }
view-keep = حفظ هذا العرض
view-name = اسم العرض
view-share = للجميع هنا
view-shared = للجميع
view-drop = حذف هذا العرض
done-view-kept = حُفظ العرض.
done-view-dropped = حُذف العرض.
batch-reason = السبب
batch-route = إعادة التوجيه
batch-cancel-sure = إلغاء كل الطلبات المحدَّدة؟ ما خرج منها يبقى لدى العملاء.
batch-hold = تعليق طلبات
batch-release = رفع تعليق طلبات
batch-cancel = إلغاء طلبات
batch-takes-back = تراجع عن دفعة سابقة
batch-stop = إيقاف
batch-revert-sure = التراجع عما جرى لهذه الطلبات؟
revert = تراجع
progress = التقدّم
batch-done = تم { $n }
batch-failed = لم يتم { $n }
batch-of = المجموع { $n }
ended = انتهى
batch-rows = طلبات الدفعة
batch-not-done = لم يتم
batch-none-failed = لا شيء
tick-this = تحديد هذا الصف
order-map = إلى أين يذهب ومن أين
# Privacy: what is held about a shopper, and erasing it
shopper-privacy = الخصوصية…
shopper-title = خصوصية عميل الطلب { $name }
shopper-held = ما نحفظه عن هذا العميل
shopper-names = الأسماء
shopper-emails = البريد الإلكتروني
shopper-phones = الهاتف
shopper-first = أول طلب
shopper-last = آخر طلب
shopper-who-words = هذه كل الطلبات التي لها البريد الإلكتروني نفسه أو رقم الهاتف نفسه كما في هذا الطلب.
shopper-alone-words = ليس لهذا الطلب بريد إلكتروني ولا رقم هاتف، فلا يمكن معرفة طلبات أخرى للعميل نفسه.
shopper-download = تنزيل ما نحفظه
shopper-download-words = ملف فيه كل طلب، والعمل عليه، وما حدث له، وكل ما يذكر العميل غير ذلك. أعطه للعميل إن طلبه.
shopper-erase = محو
shopper-erase-what = يُمحى الاسم والبريد الإلكتروني ورقم الهاتف والشارع والمدينة وكل ما كُتب عن العميل، في كل هذه الطلبات وأينما ذُكر. لا يمكن التراجع عن ذلك.
shopper-erase-stays = ما يبقى: رقم كل طلب، والمنتجات، والمبالغ، والمخزون، والبلد، والولاية أو المحافظة، وبداية الرمز البريدي. وتبقى بيانات العميل في النسخ الاحتياطية إلى أن تُحذف القديمة منها.
shopper-under-way = { $n ->
    [zero] لا طلب ينتظر الإرسال أو الاستلام.
    [one] طلب واحد لم يُرسل أو يُستلم بعد. انتظر حتى يتم ذلك ثم امحُ، أو ألغِ الطلب أولًا:
    [two] طلبان لم يُرسلا أو يُستلما بعد. انتظر حتى يتم ذلك ثم امحُ، أو ألغِ الطلبين أولًا:
    [few] { $n } طلبات لم تُرسل أو تُستلم بعد. انتظر حتى يتم ذلك ثم امحُ، أو ألغِ الطلبات أولًا:
    [many] { $n } طلبًا لم تُرسل أو تُستلم بعد. انتظر حتى يتم ذلك ثم امحُ، أو ألغِ الطلبات أولًا:
   *[other] { $n } طلب لم تُرسل أو تُستلم بعد. انتظر حتى يتم ذلك ثم امحُ، أو ألغِ الطلبات أولًا:
}
shopper-why = ما السبب؟
shopper-reason-shopper-asked = طلب العميل ذلك
shopper-reason-kept-long-enough = انتهت مدة الحفظ
shopper-reason-test-order = كان طلبًا للتجربة
shopper-confirm = للتأكيد اكتب { $name }
shopper-was-erased = مُحيت بيانات العميل
shopper-erased-words = لم يعد شيء هنا يدل على صاحب هذا الطلب. ويبقى ما كان فيه وما كانت قيمته.
done-shopper-erased = مُحيت بيانات العميل.
done-shopper-more = مُحيت بيانات 500 طلب، وهناك المزيد: امحُ مرة أخرى.
event-shopper-erased = مُحيت بيانات العميل
event-shopper-exported = نُزّل ما نحفظه عن العميل
field-confirm = رقم الطلب
batches-title = دفعات الطلبات
batches-none = لم تُنفَّذ أي دفعة طلبات بعد
batches-none-words = حدّد طلبات في القائمة واختر ما يُنفَّذ عليها معًا. ما عُلّق أو رُفع تعليقه بهذه الطريقة يمكن التراجع عنه هنا.
batches-what = الإجراء
batches-asked = متى
batch-again = { $n ->
    [zero] إعادة المحاولة
    [one] إعادة محاولة الطلب
    [two] إعادة محاولة الطلبين
    [few] إعادة محاولة { $n } طلبات
    [many] إعادة محاولة { $n } طلبًا
   *[other] إعادة محاولة { $n } طلب
}
batch-again-words = إلى جانب كل طلب منها سبب عدم إتمامه. عالج السبب أولًا: افتح طلبًا، أو حدّد عدة طلبات أدناه.
batch-none-yet = لم يأتِ دور أي طلب بعد
batch-actions = الإجراء على المحدَّد
