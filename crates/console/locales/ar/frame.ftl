# What stands around every page.
menu = القائمة
menu-today = اليوم
menu-orders = الطلبات
menu-inventory = المخزون
menu-locations = المواقع
menu-rules = القواعد
menu-exceptions = الاستثناءات
menu-settings = الإعدادات
skip-to-content = انتقل إلى المحتوى
search-anything = ابحث أو انتقل إلى…
sign-out = تسجيل الخروج
undo = تراجع
close = إغلاق
cancel = إلغاء
save = حفظ
back-to-start = العودة إلى صفحة البداية
look-theme = الألوان
theme-auto = كما في الجهاز
theme-light = فاتح
theme-dark = داكن
look-density = التباعد
density-roomy = واسع
density-dense = متقارب
look-keys = اختصارات بمفتاح واحد
switch-on = مفعَّل
switch-off = معطَّل
look-language = اللغة
role-owner = المالك
role-manager = المدير
role-associate = موظف
role-viewer = مشاهد
next-page = الصفحة التالية
first-page = العودة إلى الصفحة الأولى
refusal-400 = تعذّرت قراءة هذا
refusal-403 = غير مسموح
refusal-404 = لا يوجد شيء هنا
refusal-409 = غير ممكن في الوضع الحالي
refusal-412 = تغيّر في هذه الأثناء
refusal-413 = الحجم أكبر من المسموح
refusal-422 = هناك ما يحتاج إلى تصحيح
refusal-422-fields = هناك ما يحتاج إلى تصحيح بعد:
refusal-429 = محاولات كثيرة في وقت واحد
refusal-500 = حدث خطأ
refusal-503 = غير ممكن الآن
refusal-507 = لم تبقَ مساحة
refusal-404-words = ربما كُتب العنوان خطأً، أو لم يعد ما كان هنا موجودًا.
refusal-other = لم يُنفَّذ هذا
refusal-id = إذا طلبت المساعدة فاذكر هذا الرقم:
# Times and lengths of time
time-ago = قبل { $span }
time-ahead = بعد { $span }
time-day-hour = { $day }، { $hour }
time-date = { $day } { $month }
time-long-date = { $weekday } { $day } { $year }
time-long = { $weekday } { $day } { $year }، { $hour }
span-seconds = { $n ->
    [zero] لحظات
    [one] ثانية
    [two] ثانيتين
    [few] { $n } ثوانٍ
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
span-minutes = { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
span-hours = { $n ->
    [zero] { $n } ساعة
    [one] ساعة
    [two] ساعتين
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
span-days = { $n ->
    [zero] { $n } يوم
    [one] يوم
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
weekday-0 = الاثنين
weekday-1 = الثلاثاء
weekday-2 = الأربعاء
weekday-3 = الخميس
weekday-4 = الجمعة
weekday-5 = السبت
weekday-6 = الأحد
# What people call the fields that the API names.
field-email = البريد الإلكتروني
field-password = كلمة المرور
field-password-again = كلمة مرورك
field-name = الاسم
field-reason = السبب
field-units = القطع
field-quantity = الكمية
field-to = إلى أين
field-location-id = الرمز
field-zip = الرمز البريدي
field-hours = ساعات العمل
field-cutoffs = مواعيد الإرسال
# The command palette
palette-late = الطلبات المتأخرة
palette-import = استيراد ملف
palette-transfer = التحويلات
palette-count = عمليات الجرد
palette-accuracy = مدى صحة الدفاتر
palette-rules = تعديل القواعد
palette-people = دعوة أشخاص
palette-tokens = رموز وصول للبرامج
palette-audit = من فعل ماذا
palette-backups = إنشاء نسخة احتياطية
palette-diagnostics = معرفة حال البرنامج
palette-docs = وصف API
# What the script says by itself
script-cancel = إلغاء
script-close = إغلاق
script-copied = نُسخ
script-goes-on = متابعة
script-keys = مفاتيح هذه الصفحة
script-keys-next = الصف التالي
script-keys-open = فتح الصف
script-keys-previous = الصف السابق
script-keys-search = البحث والأوامر
script-keys-this = هذه القائمة
script-moved = نُقل إلى الموضع { $at } من { $all }
script-no-answer = لا رد من الخادم. لم يتغيّر شيء؛ حاول مرة أخرى.
script-nothing-found = لا نتائج
script-offline = انقطع التحديث المباشر: تجري إعادة الاتصال
script-search = ابحث عن طلبات ومنتجات ومواقع وما يمكنك فعله
script-selected = المحدَّد: { $count }
palette-demo = المتجر التجريبي
