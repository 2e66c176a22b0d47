# The page of the day.
checklist-title = الخطوات الأولى
tile-none = لا شيء ينتظر
tile-note-to-decide = أولها سُجّل
tile-note-to-pick = موعد أولها
tile-note-to-pack = موعد أولها
tile-note-waiting-for-pickup = تنتهي مهلة أولها
tile-note-late = كان موعد أولها
tile-note-needs-attention = موعد أولها
all-of-them = عرض الكل
attention-none = لا شيء يحتاج إليك الآن.
the-order = الطلب
this-week = هذا الأسبوع
against-baseline = مقارنةً بخط الأساس
number = المؤشر
baseline = خط الأساس
trend = الاتجاه
trend-better = يتحسّن
trend-worse = يسوء
trend-level = ثابت
number-shipping-cost = تكلفة الشحن لكل طلب
number-split = الطلبات المقسَّمة
number-fill-rate = نسبة التلبية
number-late = الطلبات المتأخرة
number-labor = العمل لكل طلب
number-words-shipping-cost = تكلفة ملصقات الشحن لكل الطرود، مقسومة على الطلبات التي أُرسلت وتكلفتها معروفة.
number-words-split = الطلبات التي خرجت في أكثر من جزء، من كل ما أُرسل أو استلمه العملاء.
number-words-fill-rate = القطع التي أُرسلت أو استلمها العملاء، من القطع المطلوبة.
number-words-late = الطلبات التي فات موعد شيء من عملها، من كل ما أُرسل أو استلمه العملاء.
number-words-labor = الوقت الذي عمله الأشخاص على الطلب، لكل طلب قيس وقته.
number-behind-shipping-cost = الطلبات التي أُرسلت
number-behind-split = الطلبات التي قُسّمت
number-behind-fill-rate = الطلبات التي لم تُلبَّ
number-behind-late = الطلبات التي تأخرت
number-behind-labor = الطلبات التي جرى العمل عليها
number-none = لا يوجد مؤشر كهذا.
number-no-orders = لا طلبات في هذا الأسبوع
number-no-orders-words = اختر أسبوعًا آخر من الأعلى.
week-of = أسبوع
left = خرج
to-hand-over = للتسليم
work-to-hand-over = للتسليم
state-paused = موقوف مؤقتًا
state-is-open = مفتوح الآن
state-is-closed = مغلق الآن
cutoff-at = موعد الإرسال التالي
closes-at = يغلق في
opens-at = يفتح في
last-heard = آخر ما وصل
heard-nothing = لم يصل شيء بعد: لا طلب ولا تقرير مخزون.
orders-today = { $n ->
    [0] لا طلبات اليوم
    [zero] لا طلبات اليوم
    [one] طلب واحد اليوم
    [two] طلبان اليوم
    [few] { $n } طلبات اليوم
    [many] { $n } طلبًا اليوم
   *[other] { $n } طلب اليوم
}
stock-from = المخزون من
fix-gone = عالج أحدهم هذا في هذه الأثناء، أو صار الحل شيئًا آخر. انظر مرة أخرى.
done-fixed = تم.
fix-route-again = إعادة التوجيه
fix-release = رفع التعليق
fix-open-order = عرض الطلب
fix-open-work = عرض العمل
fix-give-up = إنهاء انتظار الاستلام
fix-count = جرد الرف
fix-resolve = تمت المعالجة
fix-sure-give-up = إنهاء انتظار الاستلام؟ تعود قطعه إلى الرف.
checklist-demo = جولة في متجر تجريبي
