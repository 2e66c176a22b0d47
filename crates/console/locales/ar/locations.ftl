# Locations: the map, one location, its cells.
locations-map = خريطة مواقعك
locations-list = قائمة مواقعك
locations-hollow = المفرغ: مغلق أو موقوف مؤقتًا
locations-unplaced = ليست على الخريطة، إذ لم يحدّد أحد مكانها:
locations-none = لا مواقع بعد
locations-none-words = الموقع مكان فيه مخزون: فرع، أو مستودع، أو مورّد يشحن عنك.
location-new = إضافة موقع
location-new-title = موقع جديد
location-add = إضافة الموقع
location-edit = تعديل
location-edit-title = تعديل { $name }
location-back = العودة إلى الموقع
location-pause = إيقاف مؤقت
location-pause-why = ما السبب؟
location-pause-words = لا يقبل طلبات جديدة حتى يستأنفه أحد. ما بدأه يستمر.
location-pause-reason-1 = ضغط العمل
location-pause-reason-2 = نقص في الموظفين
location-pause-reason-3 = جرد المخزون
location-pause-reason-4 = انقطاع الكهرباء أو الإنترنت
location-resume = استئناف قبول الطلبات
location-paused-by = أوقفه مؤقتًا { $who }،
location-no-lane = حدّد طريقة تسليم واحدة على الأقل؛ ولكيلا يقبل طلبات، أوقفه مؤقتًا بدلًا من ذلك
done-location-paused = أُوقف مؤقتًا ولا يقبل طلبات جديدة.
done-location-resumed = عاد إلى قبول الطلبات.
done-location-saved = تم الحفظ. يسري على الطلبات التي تُوجَّه من الآن.
done-location-added = أُضيف الموقع. بقي مخزونه.
state-open-now = مفتوح
state-closed-now = مغلق
location-stands = الآن
location-waiting = ينتظر
location-late = { $n ->
    [zero] لا متأخر
    [one] واحد متأخر
    [two] اثنان متأخران
   *[other] { $n } متأخرة
}
location-lanes = طرق التسليم
location-today = اليوم
location-day = اليوم كله
location-cutoff = موعد الإرسال { $time }
location-cutoff-closing = حتى وقت الإغلاق
parcels-of-any = { $n ->
    [zero] لا طرود
    [one] طرد واحد
    [two] طردان
    [few] { $n } طرود
    [many] { $n } طردًا
   *[other] { $n } طرد
}
parcels-of = الطرود: { $parcels } من { $most }
location-always-open = مفتوح دائمًا
location-never-opens = لا يفتح في الأشهر القادمة
location-closes = يغلق في { $time }
location-opens = يفتح في { $time }
location-hours = الأيام السبعة القادمة
location-holiday = مغلق لعطلة
location-holidays = { $n ->
    [zero] لا عطل
    [one] عطلة واحدة
    [two] عطلتان
    [few] { $n } عطل
    [many] { $n } عطلة
   *[other] { $n } عطلة
}
location-suited = مدى ملاءمته لإرسال الطلبات
location-score = { $score } من 100
location-part = ما يُحتسب
location-points = النقاط
location-reason = السبب
location-suited-hidden = يظهر هذا لمن يعمل في هذا الموقع.
suited-accuracy = سجلات المخزون
suited-back-room = المخزن الخلفي
suited-staffing = الموظفون
suited-foot-traffic = حركة الزوار
suited-shrink = الفاقد
suited-adjustments = التسويات
location-handling = البضاعة المسموحة
location-may = مسموح
location-may-not = غير مسموح
handling-fragile = بضاعة قابلة للكسر
handling-oversized = بضاعة كبيرة الحجم
handling-hazmat = بضاعة خطرة
handling-age-restricted = بضاعة مقيَّدة بالعمر
handling-perishable = بضاعة سريعة التلف
location-costs = تكلفة العمل هنا
location-costs-none = لم تُحدَّد تكاليف، فيُحتسب العمل هنا مجانيًا.
location-feeds = تقارير المخزون
location-feeds-none = لم يصل تقرير عن مخزونه من أي مصدر.
location-feed-stale = قديم جدًا
# Cells, in groups
cells-about = ما هو
cells-where = أين هو
cells-lanes = كيف تصل البضاعة إلى العملاء
cells-hours = متى يفتح
cells-dispatch = مواعيد الإرسال والسعة
cells-costs = تكلفة العمل
cells-handling = البضاعة المسموحة
cells-trust = إلى أي حد سجلاته موثوقة
cells-set = المضبوط: { $n }
cell-location-id = الرمز
cell-hint-location-id = قصير وفريد، مثل mall. هكذا تسمّيه الملفات وAPI.
cell-name = الاسم
cell-hint-name = ما يسمّيه الناس. إن تُرك فارغًا: الرمز.
cell-type = النوع
cell-hint-type = المورّد يشحن عنك من مخزونه.
cell-store-class = التصنيف
cell-hint-store-class = كلمة من عندك، مثل hub، لاستعمالها في القواعد.
cell-tags = الوسوم
cell-hint-tags = وسوم من عندك للقواعد، وسم في كل سطر.
cell-city = المدينة
cell-hint-city = ليقرأها الناس.
cell-state = الولاية أو المحافظة
cell-hint-state = رمزها، مثل OR.
cell-zip = الرمز البريدي
cell-hint-zip = يحدّد المكان على الخريطة حيث لا إحداثيات.
cell-lat-deg = خط العرض
cell-unit-lat-deg = °
cell-hint-lat-deg = من ‎−90 إلى 90. إن تُرك فارغًا: من الرمز البريدي.
cell-lon-deg = خط الطول
cell-unit-lon-deg = °
cell-hint-lon-deg = من ‎−180 إلى 180. إن تُرك فارغًا: من الرمز البريدي.
cell-time-zone = المنطقة الزمنية
cell-hint-time-zone = مثل America/New_York. إن تُركت فارغة: منطقة المتجر.
cell-lanes = طرق التسليم
cell-hint-lanes = واحدة على الأقل.
cell-ships-online = يشحن طلبات الإنترنت
cell-hint-ships-online = معطَّل: لا يشحن شيئًا، مهما حُدّد أعلاه.
cell-pickup-minutes = المدة حتى يجهز للاستلام
cell-unit-pickup-minutes = دقيقة
cell-hint-pickup-minutes = من وقت الدوام. إن تُركت فارغة: 120.
cell-local-delivery-radius-km = أبعد توصيل محلي
cell-unit-local-delivery-radius-km = كم
cell-hint-local-delivery-radius-km = إن تُرك فارغًا: 15. اضبط هذا أو الأميال، لا الاثنين.
cell-local-delivery-radius-miles = الشيء نفسه بالأميال
cell-unit-local-delivery-radius-miles = ميل
cell-hint-local-delivery-radius-miles = اتركه فارغًا حيث ضُبطت الكيلومترات.
cell-local-delivery-fee-usd = تكلفة كل توصيل محلي
cell-hint-local-delivery-fee-usd = بعملة المتجر. إن تُركت فارغة: 5.00.
cell-local-delivery-usd-per-km = تكلفة كل كيلومتر منه
cell-hint-local-delivery-usd-per-km = بعملة المتجر. إن تُركت فارغة: 0.50.
cell-hours = ساعات العمل
cell-hint-hours = مثل Mo-Fr 09:00-18:00; Sa 10:00-14:00. إن تُركت فارغة: مفتوح دائمًا.
cell-holidays = العطل
cell-hint-holidays = أيام يكون فيها مغلقًا، مثل ‎2026-12-25، يوم في كل سطر.
cell-cutoffs = مواعيد الإرسال
cell-hint-cutoffs = أوقات مثل 12:00، وقت في كل سطر: الطلبات الموجَّهة قبله تخرج في ذلك الموعد. إن تُركت فارغة: موعد واحد عند الإغلاق.
cell-window-capacities = أقصى عدد طرود لكل موعد إرسال
cell-hint-window-capacities = عدد لكل موعد إرسال، بالترتيب نفسه. إن تُرك فارغًا: بلا حدّ.
cell-capacity-parcels-per-day = أقصى عدد طرود في اليوم
cell-unit-capacity-parcels-per-day = طرد
cell-hint-capacity-parcels-per-day = إن تُرك فارغًا: بلا حدّ.
cell-handling-days = أيام إضافية قبل التسليم إلى شركة الشحن
cell-unit-handling-days = يوم
cell-hint-handling-days = أيام عمل هذا الموقع بعد موعد الإرسال. إن تُركت فارغة: 0.
cell-wage-usd-per-hour = الأجر
cell-unit-wage-usd-per-hour = في الساعة
cell-hint-wage-usd-per-hour = لمن يجمّع ويغلّف، بعملة المتجر. إن تُرك فارغًا: 0.
cell-pick-minutes-per-unit = تجميع قطعة
cell-unit-pick-minutes-per-unit = دقيقة
cell-hint-pick-minutes-per-unit = إن تُرك فارغًا: 0.
cell-pack-minutes-per-parcel = تغليف طرد
cell-unit-pack-minutes-per-parcel = دقيقة
cell-hint-pack-minutes-per-parcel = إن تُرك فارغًا: 0.
cell-packaging-usd-per-parcel = العلبة والشريط والحشو
cell-unit-packaging-usd-per-parcel = للطرد
cell-hint-packaging-usd-per-parcel = بعملة المتجر. إن تُرك فارغًا: 0.
cell-handling-usd-per-parcel = مناولة الطرد
cell-unit-handling-usd-per-parcel = للطرد
cell-hint-handling-usd-per-parcel = إن تُرك فارغًا: الأجر في وقت التغليف، ومواد التغليف.
cell-pick-usd-per-unit = تكلفة تجميع قطعة
cell-unit-pick-usd-per-unit = للقطعة
cell-hint-pick-usd-per-unit = إن تُرك فارغًا: الأجر في وقت التجميع.
cell-can-ship-fragile = بضاعة قابلة للكسر
cell-hint-can-ship-fragile = مفعَّل ما لم تقل غير ذلك.
cell-can-ship-hazmat = بضاعة خطرة
cell-hint-can-ship-hazmat = مفعَّل ما لم تقل غير ذلك.
cell-can-ship-oversize = بضاعة كبيرة الحجم
cell-hint-can-ship-oversize = مفعَّل ما لم تقل غير ذلك.
cell-can-ship-age-restricted = بضاعة مقيَّدة بالعمر
cell-hint-can-ship-age-restricted = مفعَّل ما لم تقل غير ذلك.
cell-can-ship-perishable = بضاعة سريعة التلف
cell-hint-can-ship-perishable = مفعَّل ما لم تقل غير ذلك.
cell-record-accuracy = سجلات المخزون المطابقة للرف
cell-hint-record-accuracy = نسبة مثل 0.97 أو 97%. يستبدلها الجرد بما يجده.
cell-feed-as-of = آخر تقرير عن المخزون
cell-hint-feed-as-of = وقت مثل ‎2026-11-27T08:00:00Z. تحدّثه المصادر من تلقاء نفسها.
cell-back-room-m2 = المخزن الخلفي
cell-unit-back-room-m2 = م²
cell-hint-back-room-m2 = مساحة للتغليف. إن تُركت فارغة: غير معروفة.
cell-staff-turnover = الموظفون الذين غادروا في آخر 12 شهرًا
cell-hint-staff-turnover = نسبة مثل 0.3 أو 30%. إن تُركت فارغة: غير معروفة.
cell-foot-traffic-per-hour = الزوار
cell-unit-foot-traffic-per-hour = في الساعة
cell-hint-foot-traffic-per-hour = إن تُرك فارغًا: غير معروف.
cell-shrink = مخزون فُقد دون بيع
cell-hint-shrink = نسبة من المبيعات مثل 0.02 أو 2%. إن تُركت فارغة: غير معروفة.
cell-adjustments-per-month = التسويات اليدوية
cell-unit-adjustments-per-month = في الشهر
cell-hint-adjustments-per-month = إن تُركت فارغة: غير معروفة.
