# Settings: people, programs, the log, work in the background, rate cards, every single setting.
settings-tabs = أقسام الإعدادات
settings-all = كل الإعدادات
settings-people = الأشخاص
settings-words-people = من يعمل هنا، وماذا يستطيع، وأين
settings-tokens = رموز الوصول
settings-words-tokens = ما تستطيع البرامج فعله عبر API
settings-rates = جداول الأسعار
settings-words-rates = أسعار شركات الشحن لديك ومناطقها ورسومها الإضافية
settings-connections = الاتصالات
settings-words-connections = ما هو متصل، ومتى وصل منه خبر آخر مرة
settings-jobs = العمل في الخلفية
settings-words-jobs = ما ينتظر، وما فشل، وما يتكرّر كل مدة
settings-audit = السجل
settings-words-audit = من فعل ماذا، وما الذي تغيّر
settings-practice = التدرّب
settings-words-practice = ما المتاح لتجربة الأشياء
settings-notifications = الإشعارات
settings-words-notifications = ما يصلك، ومن أين، ومتى الهدوء
settings-sessions = أين سجّلت الدخول
settings-words-sessions = متصفحاتك وهواتفك، وتسجيل الخروج منها
settings-search = ابحث في الإعدادات وصفحاتها
settings-only-changed = ما تغيّر فقط
settings-nothing = لا إعداد بهذه المواصفات
settings-nothing-words = ابحث بكلمة أخرى.
settings-show-all = عرض كل الإعدادات
settings-setting = الإعداد
settings-value = الآن
settings-default = الافتراضي
settings-by = غيّره
settings-nobody = لا أحد بعد
settings-as-default = الافتراضي
settings-changed = متغيّر
settings-change = تعديل
settings-change-one = تعديل { $name }
settings-example = مثل { $example }.
settings-empty = إن تُرك فارغًا: الافتراضي.
settings-files = ملفات الإعداد
settings-file = الملف
settings-bytes = البايتات
settings-no-file = غير موجود
settings-program = كيف شُغّل البرنامج
settings-program-words = تُغيَّر هذه حيث يُشغَّل Baton، لا هنا.
settings-source = المصدر
source-command-line = سطر الأوامر
source-environment = متغيّرات البيئة
source-file = ملف
source-default = الافتراضي
done-setting-saved = تم الحفظ. يسري على الطلبات التي تُوجَّه من الآن.
never = لم يحدث بعد
# People
people-new = دعوة شخص
people-new-title = دعوة شخص
people-name = الاسم
people-role = الدور
people-since = أُضيف
people-you = أنت
people-email-hint = به يسجّل الدخول. لا يرسل Baton بريدًا: سلّمه الرابط بنفسك.
people-invite = إنشاء الدعوة
people-change = الصلاحيات
people-did = ما فعله
people-link = كلمة مرور جديدة
people-link-words = رابط يختار به كلمة مرور جديدة. يتوقف الرابط السابق عن العمل.
people-link-make = إنشاء رابط
people-unlock = تعذّر عليه الدخول؟
people-unlock-words = بعد خمس كلمات مرور خاطئة تنتظر كل محاولة. هذا يتيح له المحاولة فورًا.
people-unlock-do = السماح بالمحاولة من جديد
people-disable = سحب الصلاحية
people-disable-words = يُسجَّل خروجه من كل مكان ولا يستطيع الدخول. ما فعله يبقى في السجل.
people-disable-self = هذا أنت: يُسجَّل خروجك فورًا. سحب صلاحيتك؟
people-enable = إعادة الصلاحية
people-enable-words = يستطيع الدخول من جديد بكلمة المرور التي كانت لديه.
people-not-yours = لا يغيّر المالكين والمديرين إلا مالك.
reach = المواقع
reach-all = كل المواقع
reach-all-words = كل المواقع، وما يُضاف منها لاحقًا
reach-listed = هذه فقط:
role-words-owner = كل شيء، وصلاحيات الآخرين
role-words-manager = يدير العمل: القواعد والمخزون والطلبات والموظفين
role-words-associate = يعمل في فرع
role-words-viewer = يطّلع ولا يغيّر شيئًا
state-active = نشط
state-invited = مدعو
state-disabled = بلا صلاحية
state-revoked = مُبطَل
done-person-saved = تم الحفظ. يسري من الآن.
done-person-disabled = سُجّل خروجه ولا يستطيع الدخول.
done-person-enabled = يستطيع الدخول من جديد.
done-person-unlocked = يستطيع المحاولة فورًا.
invitation-title = الرابط لـ { $name }
invitation-words = سلّم هذا الرابط. يُدخل شخصًا واحدًا، مرة واحدة.
invitation-qr = رمز QR للرابط
invitation-scan = أو دعه يمسح هذا الرمز بهاتفه.
invitation-until = يعمل حتى
invitation-once = يظهر هذه المرة فقط؛ ويمكن إنشاء رابط جديد في أي وقت.
invitation-done = تم
copy-link = نسخ الرابط
# Seeing it as somebody else
view-as = العرض بصفة…
view-as-role = بصفة أي دور؟
view-as-words = ترى ما يراه، ولا تستطيع تغيير شيء حتى تعود.
view-as-go = عرض
view-as-person = العرض بصفة هذا الشخص
view-as-not-that = يمكنك العرض بصفة من تديرهم فقط
viewing-role = أنت تعرض بصفة: { $role }. لا يمكن تغيير شيء.
viewing-person = أنت تعرض بصفة { $name } ({ $role }). لا يمكن تغيير شيء.
viewing-end = العودة إلى عرضك
# Sessions
sessions-words = تنتهي الجلسة من تلقاء نفسها إذا لم تُستعمل اثنتي عشرة ساعة.
sessions-begun = بدأت
sessions-seen = آخر ظهور
sessions-until = تنتهي
sessions-here = هنا
sessions-end = تسجيل الخروج هناك
done-session-ended = سُجّل الخروج هناك.
# Tokens
tokens-new = إنشاء رمز وصول
tokens-new-title = رمز وصول جديد
tokens-none = لا رموز وصول بعد
tokens-none-words = يتيح رمز الوصول لبرنامج استعمال API: متجرك الإلكتروني، أو نقطة البيع، أو برنامج صغير.
tokens-name = لأجل ماذا
tokens-name-hint = لتعرفه لاحقًا، مثل: المتجر الإلكتروني.
tokens-may = يستطيع
tokens-scopes = { $n ->
    [zero] لا شيء
    [one] صلاحية واحدة
    [two] صلاحيتان
    [few] { $n } صلاحيات
    [many] { $n } صلاحية
   *[other] { $n } صلاحية
}
tokens-used = آخر استعمال
tokens-until = يعمل حتى
tokens-until-hint = إلى نهاية ذلك اليوم. إن تُرك فارغًا: حتى تبطله.
tokens-no-end = تبطله أنت
tokens-made = أُنشئ
tokens-make = إنشاء رمز الوصول
tokens-revoke = إبطال
tokens-revoke-sure = يتوقف { $name } عن العمل فورًا ونهائيًا. إبطاله؟
done-token-revoked = أُبطل رمز الوصول.
token-made-title = رمز الوصول { $name }
token-made-words = انسخه الآن: لا يظهر إلا هذه المرة.
token-made-use = يرسله البرنامج مع كل طلب إلى API:
token-made-docs = كيف يعمل API
copy-token = نسخ رمز الوصول
not-a-day = ليس تاريخًا صحيحًا؛ اكتبه مثل ‎2027-01-31
scope-me = معرفة صاحبه
scope-orders-read = عرض الطلبات
scope-orders-write = تسجيل الطلبات وتعديلها
scope-stock-read = عرض المخزون
scope-stock-write = تعديل المخزون
scope-network-read = عرض المواقع والمنتجات والإعدادات
scope-network-write = تعديل المواقع والمنتجات والإعدادات
scope-rules-read = عرض القواعد
scope-rules-write = تعديل القواعد
scope-work-read = عرض العمل والاستثناءات
scope-work-write = تنفيذ العمل ومعالجة الاستثناءات
scope-reports-read = عرض التقارير
scope-people-read = عرض الأشخاص ورموز الوصول
scope-people-write = إدارة الأشخاص ورموز الوصول
scope-events-read = قراءة السجل
scope-hooks-read = عرض Webhooks
scope-hooks-write = تعديل Webhooks
scope-metrics-read = قراءة القياسات
# The log
audit-csv = كملف
audit-when = متى
audit-who = من
audit-what = ماذا
audit-subject = عن
audit-subject-hint = المعرّف، مثل ord_…‎ أو usr_…‎
audit-change = ما الذي تغيّر
audit-from = من
audit-to = إلى
audit-anybody = أي شخص
audit-anything = أي شيء
audit-nothing = لا شيء
audit-none = لم يحدث شيء كهذا
audit-none-words = ابحث عن شخص آخر، أو وقت آخر، أو أي شيء.
audit-look-on = ليس بين أحدث الأحداث. تابع إلى الأقدم بالصفحة التالية.
audit-all = عرض كل شيء
audit-changes = { $n ->
    [zero] لا تفاصيل
    [one] تفصيل واحد
    [two] تفصيلان
    [few] { $n } تفاصيل
    [many] { $n } تفصيلًا
   *[other] { $n } تفصيل
}
actor-baton = Baton نفسه
via-api = عبر API
via-page = في لوحة التحكم
via-file = من ملف
via-job = تلقائيًا
via-command = من سطر الأوامر
log-order = الطلبات
log-fulfillment = العمل في الفروع
log-exception = الاستثناءات
log-substitution = البدائل
log-stock = المخزون
log-count = الجرد
log-arrival = الواردات
log-gate = الثقة بالجرد
log-location = المواقع
log-product = المنتجات
log-settings = الإعدادات
log-rules = القواعد
log-user = الأشخاص
log-token = رموز الوصول
log-setup = التجهيز
log-job = العمل في الخلفية
log-event-order-taken = سُجّل طلب
log-event-order-batch-asked = بدأت دفعة طلبات
log-event-order-batch-progress = دفعة طلبات قيد التنفيذ
log-event-order-batch-done = انتهت دفعة طلبات
log-event-order-batch-failed = فشلت دفعة طلبات
log-event-order-batch-cancelled = أُوقفت دفعة طلبات
log-event-import-taken = أُرسل ملف للاستيراد
log-event-import-planned = حُدّدت أعمدة ملف
log-event-import-check-asked = طُلب فحص ملف
log-event-import-checked = فُحص ملف
log-event-import-confirmed = أُكّد استيراد ملف
log-event-import-done = استُورد ملف
log-event-import-failed = فشل استيراد ملف
log-event-import-cancelled = أُلغي استيراد ملف
log-event-import-revert-asked = طُلب التراجع عن ملف
log-event-import-reverted = تم التراجع عن ملف
log-event-exception-assigned = أُسند استثناء
log-event-exception-noted = سُجّلت ملاحظة على استثناء
log-event-exception-snoozed = أُجّل استثناء
log-event-notices-chosen = اختيرت الإشعارات
log-event-notices-read = قُرئت إشعارات
log-event-numbers-baseline-chosen = اختير خط الأساس
log-event-numbers-recounted = أُعيد حساب المؤشرات
log-event-view-kept = حُفظ عرض
log-event-view-changed = عُدّل عرض
log-event-view-removed = حُذف عرض
log-event-order-decided = وُجّه الطلب
log-event-order-held = عُلّق الطلب
log-event-order-released = رُفع التعليق
log-event-order-edited = عُدّل الطلب
log-event-order-cancelled = أُلغي الطلب
log-event-order-returned = عادت قطع
log-event-order-routed-by-hand = أُعيد توجيه الطلب يدويًا
log-event-location-added = أُضيف موقع
log-event-location-changed = عُدّل الموقع
log-event-location-paused = أُوقف الموقع مؤقتًا
log-event-location-resumed = عاد الموقع إلى قبول الطلبات
log-event-product-added = أُضيف منتج
log-event-product-changed = عُدّل المنتج
log-event-settings-changed = تغيّرت الإعدادات
log-event-user-added = دُعي شخص
log-event-user-changed = تغيّرت صلاحيات شخص
log-event-user-link-made = أُنشئ رابط لكلمة مرور
log-event-user-password-chosen = اختيرت كلمة مرور
log-event-user-proof-refused = أُعيد إدخال كلمة مرور خاطئة
log-event-user-proved-again = أُعيد إدخال كلمة المرور
log-event-user-sign-in-refused = كلمة مرور خاطئة
log-event-user-signed-in = تسجيل دخول
log-event-user-signed-out = تسجيل خروج
log-event-user-unlocked = سُمح بالمحاولة من جديد
log-event-token-made = أُنشئ رمز وصول
log-event-token-revoked = أُبطل رمز وصول
log-event-rules-saved = حُفظت قواعد
log-event-rules-published = نُشرت قواعد
log-event-rules-withdrawn = سُحبت قواعد
log-event-stock-corrected = تسوية مخزون
log-event-stock-forced = تسوية مخزون رغم الطلبات
log-event-stock-imported = استُورد مخزون
log-event-stock-short = نقص في المخزون
log-event-job-retried = أُعيدت محاولة عمل في الخلفية
log-event-exception-opened = يحتاج إلى انتباه
log-event-exception-resolved = عولج
log-event-exception-escalated = أُحيل
log-event-order-backorder-released = لُبّي طلب مؤجَّل
log-event-order-units-cancelled = أُلغيت قطع
log-event-fulfillment-accepted = قُبل العمل
log-event-fulfillment-picking = بدأ التجميع
log-event-fulfillment-picked = جُمّع
log-event-fulfillment-packed = غُلّف
log-event-fulfillment-ready-for-pickup = جاهز للاستلام
log-event-fulfillment-shipped = سُلّم إلى شركة الشحن
log-event-fulfillment-collected = استلمه العميل
log-event-fulfillment-delivered = وصل إلى العميل
log-event-fulfillment-rejected = رُفض العمل
log-event-fulfillment-expired = فات الموعد
log-event-fulfillment-moved = نُقل العمل إلى موقع آخر
log-event-fulfillment-cancelled = أُلغي العمل
log-event-fulfillment-held = عُلّق العمل
log-event-fulfillment-released = استؤنف العمل
log-event-fulfillment-short-pick = لم يُعثر على قطع
log-event-substitution-offered = عُرض بديل
log-event-substitution-answered = جاء الرد على البديل
log-event-arrival-announced = أُعلن وارد
log-event-arrival-closed = أُغلق الوارد
log-event-arrival-received = استُلمت بضاعة
log-event-transfer-sent = أُرسل التحويل
log-event-transfer-cancelled = أُلغي التحويل
log-event-count-opened = بدأ الجرد
log-event-count-again = أُعيد العدّ
log-event-count-assigned = وُزّع الجرد
log-event-count-cancelled = أُلغي الجرد
log-event-count-finished = انتهى الجرد
log-event-count-handed-in = سُلّم الجرد
log-event-count-posted = رُحّل الجرد
log-event-gate-opened = صار الجرد موثوقًا
log-event-gate-closed = لم يعد الجرد موثوقًا
log-event-gate-overridden = غُيّر الحكم على الثقة
log-event-gate-override-ended = عاد حكم الجرد على الثقة
log-event-hold-opened = حُفظت سلة
log-event-hold-confirmed = طُلبت السلة
log-event-hold-expired = انتهت مهلة السلة
log-event-hold-released = أُعيدت السلة
log-event-feed-taken = وصل تقرير مخزون
log-event-manifest-made = سُلّمت طرود
log-event-pool-saved = حُفظ المخزون المشترك
log-event-pool-buffered = ضُبط المحجوب عن قناة
log-event-exception-policy-changed = عُدّلت خطة المعالجة
log-event-rules-replay-asked = بدأت المحاكاة
log-event-rules-replay-done = انتهت المحاكاة
log-event-rules-replay-failed = فشلت المحاكاة
log-event-rules-replay-cancelled = أُوقفت المحاكاة
log-event-setup-imported = استُورد التجهيز
log-event-setup-link-made = أُنشئ رابط المالك الأول
log-event-demo-begun = بدأ المتجر التجريبي
log-event-demo-made = أُنشئ المتجر التجريبي
fact-role = الدور
fact-locations = المواقع
fact-scopes = يستطيع
fact-email = البريد الإلكتروني
fact-expires-at = يعمل حتى
fact-is-disabled = بلا صلاحية
fact-reason = السبب
fact-code = الرمز
# Background work
jobs-title = عمل ينتظر أو فشل
jobs-dead = فشل
jobs-ready = ينتظر
jobs-leased = جارٍ
jobs-done = تم
jobs-none-dead = لم يفشل شيء
jobs-none-ready = لا شيء ينتظر
jobs-none-leased = لا شيء جارٍ
jobs-none-done = لم يتم شيء مؤخرًا
jobs-see-log = عرض السجل
jobs-none-words = ما يفعله Baton تلقائيًا يظهر هنا، مع إمكان إعادة محاولته.
jobs-what = ماذا
jobs-tries = المحاولات
jobs-due = الموعد
jobs-why = ما الخطأ
jobs-retry = إعادة المحاولة
done-job-retried = تُعاد المحاولة.
tasks-title = ما يتكرّر كل مدة
tasks-none = لم يعمل شيء بعد.
tasks-every = كل
tasks-last = آخر مرة
tasks-next = التالية
task-check-books = فحص سلامة الدفاتر
task-end-imports = إتمام استيراد توقف
task-end-order-batches = إتمام دفعات توقفت
task-end-overrides = إنهاء ما قُرّر يدويًا عن الجرد
task-end-replays = إتمام محاكاة توقفت
task-escalate-exceptions = إحالة ما لم يعالجه أحد
task-expire-holds = التخلي عن السلال القديمة
task-fill-order-terms = إتاحة البحث عن الطلبات
task-forget-import-files = حذف ملفات الاستيراد القديمة
task-forget-old = حذف ما انتهى
task-judge-gates = الحكم على الجرد الموثوق
task-keep-measures = جمع مؤشرات الأسبوع
task-lapse-offers = إنهاء عروض لم يرد عليها أحد
task-pass-deadlines = نقل العمل المتأخر
task-release-backorders = تلبية الطلبات المؤجَّلة
task-tell-notices = إبلاغ الأشخاص بما حدث
# Connections
connections-channels = من أين تأتي الطلبات
connections-channels-none = لم يصل أي طلب بعد
connections-channels-words = يرسلها متجرك عبر API برمز وصول، أو تستورد ملفًا.
connections-last = آخر خبر
connections-today = طلبات اليوم
connections-feeds = من أين تأتي تقارير المخزون
connections-feeds-none = لا أحد يرسل تقارير المخزون تلقائيًا. الملفات والجرد تكفي للبداية.
connections-source = المصدر
connections-programs = برامج لها رمز وصول
connections-later = المتاجر وشركات الشحن وWebhooks
connections-later-words = لا يتصل Baton بالمتاجر وشركات الشحن تلقائيًا بعد، ولا يرسل Webhooks. كل ما هو متصل يأتي عبر API أو كملف، وتجده أعلاه.
# Rate cards
rates-rates-csv = الأسعار
rates-zones-csv = المناطق
rates-zone-pairs-csv = المناطق بين الرموز البريدية
rates-services-csv = الخدمات
rates-surcharges-csv = الرسوم الإضافية
rates-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفّان
    [few] { $n } صفوف
    [many] { $n } صفًا
   *[other] { $n } صف
}
rates-show = عرض الصفوف
rates-none = الأسعار المدمجة سارية
rates-none-words = هي أسعار منشورة لشركة شحن بالدولار الأمريكي. أدخل جدول أسعارك ليحل محلها.
rates-new = إدخال جدول آخر
rates-which = ما هو؟
rates-pick = اختيار ملف
rates-paste = صفوفه
rates-hint = مع سطره الأول الذي فيه أسماء الأعمدة، كما يحفظه جدول البيانات.
rates-remove = حذف هذا الجدول بدلًا من ذلك: فيسري المدمج
rates-empty = الصق صفوف الجدول، أو حدّد أنه يُحذف
rates-check = فحصه دون تغيير شيء
rates-save = حفظ
rates-usable = يمكن استعمال { $name }:
rates-come = { $n ->
    [zero] لا يُضاف أي صف
    [one] يُضاف صف واحد
    [two] يُضاف صفّان
    [few] تُضاف { $n } صفوف
    [many] يُضاف { $n } صفًا
   *[other] يُضاف { $n } صف
}
rates-go = { $n ->
    [zero] لا يُحذف أي صف
    [one] يُحذف صف واحد
    [two] يُحذف صفّان
    [few] تُحذف { $n } صفوف
    [many] يُحذف { $n } صفًا
   *[other] يُحذف { $n } صف
}
rates-differs = ما المختلف
rates-earlier = من غيّر جدولًا ومتى، تجده في السجل:
rates-no-such = ليس جدول أسعار؛ اختر واحدًا من القائمة
done-rates-saved = تم الحفظ. يسري على الطلبات التي تُوجَّه من الآن.
done-rates-checked = يمكن استعماله. لم يتغيّر شيء.
# Practising
practice-none = لا يوجد بعد مفتاح للتدرّب في دفاترك: ما تفعله هنا يُنفَّذ فعلًا.
practice-outside = لكن لا شيء يخرج من هذا الجهاز: لا يشتري Baton ملصقات شحن ولا يرسل بريدًا من تلقاء نفسه.
practice-what = ما يمكنك فعله دون أي خطر
practice-demo = متجر خيالي كامل بدفاتره الخاصة، افعل فيه ما تشاء:
practice-reroute = عاين ما سيحدث قبل أن ترسل طلبًا يدويًا من موقع آخر.
practice-rules = جرّب القواعد على طلب واحد أو على طلبات سابقة قبل أن تنشرها.
# Backups
settings-backups = النسخ الاحتياطي
settings-words-backups = نسخ من الدفاتر ثبتت سلامتها، وكيف تُستعاد
backups-make = إنشاء نسخة الآن
backups-title = النسخ الاحتياطية الموجودة
backups-none = لا نسخ احتياطية بعد
backups-none-words = أنشئ واحدة الآن. يستغرق ذلك لحظة، ويمكن للجميع متابعة العمل.
backups-good = آخر نسخة احتياطية سليمة بتاريخ
backups-late = مضى على آخر نسخة احتياطية سليمة أكثر من يوم. تاريخها
backups-none-good = لا توجد نسخة احتياطية سليمة.
backups-none-good-words = لو ضاعت الدفاتر الآن لضاع كل ما فيها. أنشئ نسخة احتياطية الآن.
backups-late-words = لو ضاعت الدفاتر الآن لضاع معها عمل أكثر من يوم. أنشئ نسخة احتياطية، وابحث لماذا لم تُنشأ نسخة تلقائيًا.
backups-making = بدأ إنشاء نسخة احتياطية وفحصها
backups-checking = بدأ فحص { $name }
backups-again = فشلت آخر محاولة وتُعاد الآن:
backups-failed = فشلت آخر محاولة:
backups-made = أُنشئت
backups-by-hand = من سطر الأوامر، أو قبل استعادة هذه الدفاتر
backups-size = الحجم
backups-version = الإصدار
backups-program = Baton { $version }
backups-step = الخطوة { $step } من بنية الدفاتر
backups-do = ما يمكنك فعله
backups-proved = فُحصت
backups-proved-then = فُحصت عند إنشائها
backups-check = إعادة الفحص
backups-download = تنزيل
backups-restore = كيف تُستعاد
backups-restore-stop = أوقف البرنامج أولًا. ثم اكتب هذا حيث يعمل، وشغّل البرنامج من جديد:
backups-restore-file = تُحفظ الدفاتر كما هي الآن إلى جانبها، باسم ينتهي بـ ‎.before-restore‎. أما النسخة التي تنزّلها فهي ملف ZIP فيه ملفان: استخرجهما في مجلد واحد، واذكر اسم الملف الذي ينتهي بـ ‎.sqlite‎.
backups-restore-text = توضع في قاعدة بيانات فارغة، أو في ملف غير موجود بعد. ثم شغّل البرنامج بها.
backups-copy = نسخ الأمر
backups-more = المجموع { $all }؛ والمعروض أحدثها.
backups-how = كيف يجري ذلك
backups-folder = المجلد
backups-daily = تلقائيًا
backups-daily-on = كل يوم، بعد الثالثة صباحًا بساعة المتجر
backups-daily-off = لا؛ اجعل الجهاز ينشئها، كل ليلة مثلًا بهذا السطر:
backups-kept = ما يُحفظ
backups-kept-all = كلها
backups-kept-newest = { $n ->
    [zero] لا شيء
    [one] الأحدث فقط
    [two] أحدث نسختين؛ ولا تُحذف نسخة أقدم إلا بعد فحص نسخة أحدث
    [few] أحدث { $n } نسخ؛ ولا تُحذف نسخة أقدم إلا بعد فحص نسخة أحدث
    [many] أحدث { $n } نسخة؛ ولا تُحذف نسخة أقدم إلا بعد فحص نسخة أحدث
   *[other] أحدث { $n } نسخة؛ ولا تُحذف نسخة أقدم إلا بعد فحص نسخة أحدث
}
backups-elsewhere = النسخة الاحتياطية على القرص نفسه تضيع معه. نزّل واحدة من حين إلى آخر، أو اجعل المجلد يُنسخ إلى جهاز آخر.
backups-holds = في النسخة الاحتياطية أسماء العملاء وعناوينهم. احرص عليها كما تحرص على الدفاتر.
backups-of-demo = لا تُنشأ نسخ احتياطية من هذه الدفاتر
backups-of-demo-words = هي للتجربة، ويمكن إنشاؤها من جديد في أي وقت.
done-backup-asked = يجري إنشاء نسخة احتياطية.
done-backup-check-asked = يجري فحص النسخة الاحتياطية.
state-sound = سليمة
state-unsound = تالفة
size-bytes = { $number } بايت
size-kb = { $number } كيلوبايت
size-mb = { $number } ميغابايت
size-gb = { $number } غيغابايت
scope-backups-read = عرض النسخ الاحتياطية، وتنزيلها للمالك
scope-backups-write = إنشاء نسخ احتياطية
log-backup = النسخ الاحتياطية
log-import = استيراد الملفات
log-event-backup-asked = بدأ إنشاء نسخة احتياطية
log-event-backup-check-asked = بدأ فحص نسخة احتياطية
log-event-backup-made = أُنشئت نسخة احتياطية وفُحصت
log-event-backup-verified = فُحصت نسخة احتياطية
log-event-backup-unsound = وُجدت نسخة احتياطية تالفة
log-event-backup-failed = فشلت نسخة احتياطية
log-event-backup-removed = حُذفت نسخة احتياطية قديمة
log-event-backup-downloaded = نُزّلت نسخة احتياطية
# Diagnostics
settings-diagnostics = التشخيص
settings-words-diagnostics = حال البرنامج ودفاتره، وما الذي يجب فعله
diagnostics-all-good = كل شيء سليم.
diagnostics-all-look = هناك ما يحتاج إلى نظرة قبل أن يسبّب ضررًا.
diagnostics-all-broken = هناك عطل. ما يجب فعله تجده أولًا أدناه.
diagnostics-looks = ما فُحص
diagnostics-what = ماذا
diagnostics-seen = ما ظهر
diagnostics-do = ما يجب فعله
diagnostics-nothing = لا شيء
diagnostics-program = البرنامج
diagnostics-version = الإصدار
diagnostics-uptime = يعمل منذ
diagnostics-database = قاعدة البيانات
diagnostics-defects = ردود فشلت
diagnostics-no-defects = لا شيء منذ التشغيل
diagnostics-many-defects = { $n ->
    [zero] لا شيء منذ التشغيل
    [one] رد واحد منذ التشغيل؛ والسبب في سجل البرنامج
    [two] ردّان منذ التشغيل؛ والسبب في سجل البرنامج
    [few] { $n } ردود منذ التشغيل؛ والسبب في سجل البرنامج
    [many] { $n } ردًا منذ التشغيل؛ والسبب في سجل البرنامج
   *[other] { $n } رد منذ التشغيل؛ والسبب في سجل البرنامج
}
diagnostics-queues = عمل ينتظر
diagnostics-no-queues = لا شيء
diagnostics-support = تنزيل ملف الدعم
diagnostics-support-title = عندما يساعدك أحد
diagnostics-support-words = يبيّن له ملف الدعم الحال: الإصدار، وما فُحص، والإعدادات التي هي أرقام، وكم يوجد من كل شيء.
diagnostics-support-out = ليس فيه أسماء ولا عناوين ولا كلمات مرور ولا رموز وصول ولا محتوى طلبات، ولا يُرسل إلى أي مكان: أنت من يسلّمه.
database-sqlite = SQLite، ملف
database-postgres = PostgreSQL، خادم
state-good = سليم
state-look = يحتاج إلى نظرة
state-broken = به عطل
jobs-in-dead = في حالة فشل
jobs-in-ready = في الانتظار
jobs-in-leased = قيد التنفيذ
job-tend-backups = إنشاء نسخة احتياطية أو فحصها
job-replay-rules = محاكاة القواعد على طلبات سابقة
job-order-batch = تنفيذ دفعة طلبات
job-look-again = البحث عن موقع من جديد
job-release-backorders = تلبية الطلبات المؤجَّلة
job-import-sheet = استيراد ملف
task-daily-backup = إنشاء نسخة احتياطية
doctor-database = قاعدة البيانات
doctor-means-database = هل تُفتح الدفاتر وتجيب.
doctor-safety = سلامة ما أُكّد
doctor-means-safety = هل يبقى الطلب المؤكَّد إذا انقطعت الكهرباء.
doctor-version = إصدار الدفاتر
doctor-means-version = هل تتوافق الدفاتر والبرنامج.
doctor-disk = مساحة القرص
doctor-means-disk = من دون مساحة لا يمكن تسجيل أي شيء.
doctor-backup = النسخة الاحتياطية
doctor-means-backup = كم يضيع إذا تعطّل القرص.
doctor-clock = الساعة
doctor-means-clock = تعتمد عليها المواعيد والوعود.
doctor-owner = المالك
doctor-means-owner = هل يستطيع تسجيل الدخول من يحق له كل شيء.
doctor-jobs = العمل في الخلفية
doctor-means-jobs = العمل الذي فشل في كل محاولة ينتظر شخصًا.
doctor-timers = ما يتكرّر كل مدة
doctor-means-timers = ما يعمل تلقائيًا، مثل نقل العمل المتأخر.
doctor-books = الدفاتر
doctor-means-books = هل أعداد المخزون متطابقة، وهل بقي السجل دون تغيير.
doctor-keys = المفاتيح
doctor-means-keys = من يستطيع قراءة مفاتيح HTTPS.
doctor-ca = مرجع شهادات المتجر
doctor-means-ca = حتى متى تثق الأجهزة بهذا المتجر.
doctor-https = الشهادة
doctor-means-https = حتى متى تقبل المتصفحات HTTPS هنا.
