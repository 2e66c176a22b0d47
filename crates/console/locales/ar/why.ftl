# Why an order is where it is.
why-title = لماذا هذا الموقع؟
why-cheapest = { $place } هو الموقع الأقل تكلفة القادر على إرساله: { $second } كان سيكلّف { $by } أكثر.
why-tie = { $place } و{ $second } بالتكلفة نفسها؛ { $place } أقرب، أو يسبق بترتيب الرمز.
why-only = { $place } هو الموقع الوحيد القادر على إرساله.
why-split = لا موقع واحد أفضل: يرسله معًا { $places }.
why-nowhere = لا يستطيع أي موقع إرساله.
why-held = الطلب معلَّق: { $reason }.
why-leftover = { $units } × { $sku }: { $remedy }
why-leftover-cause = { $units } × { $sku }: { $remedy }، والسبب: { $cause }
why-no-such = لا يوجد قرار بهذا الرقم.
why-verdict = النتيجة
why-passed = اجتاز:
why-rules = { $n ->
    [zero] لم تنطبق أي جملة من القواعد
    [one] انطبقت جملة واحدة من القواعد
    [two] انطبقت جملتان من القواعد
    [few] انطبقت { $n } جمل من القواعد
    [many] انطبقت { $n } جملة من القواعد
   *[other] انطبقت { $n } جملة من القواعد
}
why-proven = مثبت: لا توجد طريقة أخرى لإرساله بتكلفة أقل.
why-not-proven = توقف البحث عند حدّه؛ وقد توجد طريقة أقل تكلفة.
why-earlier = قرارات سابقة:
decision = القرار
rules-of-then = القواعد
place = الموقع
distance = المسافة
cost = التكلفة
cost-part = بند التكلفة
against-winner = مقابل الفائز
difference = الفرق
winner = الفائز
bar = رسم
send-from-here = الإرسال من هنا بدلًا منه…
remedy-substitute = يُعرض بديل
remedy-backorder = طلب مؤجَّل
remedy-hold = معلَّق
remedy-cancel = ملغى
cause-no-stock = المخزون لا يكفي
cause-no-stock-record = لا يوجد في أي موقع
cause-whole-order = الطلب يخرج كاملًا أو لا يخرج
cause-one-place = يجب أن يخرج من موقع واحد، ولا موقع لديه الكل
cause-no-parcel-left = حدّ عدد الطرود لم يترك له طردًا
cause-outweighed = أفضلية أخرى أرجح
cause-too-dear = إرساله يكلّف أكثر من تركه
cause-no-legal-plan = لا خطة ضمن كل الحدود ترسله
part-postage = الشحن
part-surcharge = رسوم إضافية
part-packaging = مواد التغليف
part-labor = العمل
part-split = طرود إضافية
part-risk = خطر فشل التجميع
part-opportunity = مبيعات فائتة في الفرع
part-lateness = التأخر
part-markdown = تخفيض تجنّبناه
part-scarcity = ندرة المخزون
part-unfilled = قطع لم تُلبَّ
# Verdicts: one sentence with the numbers that decided.
verdict-chosen = اختير
verdict-lost = خسر بفارق { $by }
verdict-tied = التكلفة نفسها؛ سبقه موقع آخر
verdict-part = { $of ->
    [one] يستطيع إرسال { $units } من قطعة واحدة
    [two] يستطيع إرسال { $units } من قطعتين
    [few] يستطيع إرسال { $units } من { $of } قطع
   *[other] يستطيع إرسال { $units } من { $of } قطعة
}
verdict-paused = موقوف مؤقتًا
verdict-rejected-before = رفض هذا الطلب من قبل
verdict-lane-off = لا يتوفر فيه: { $lane }
verdict-not-chosen-store = ليس الفرع الذي اختاره العميل
verdict-closed = مغلق
verdict-slot-missed = لا يمكن أن يجهز في الوقت المطلوب
verdict-accuracy-gate = دقة جرده لا تكفي: { $accuracy }، والمطلوب { $need }
verdict-stale-feed = آخر تقرير عن مخزونه قبل { $age_minutes ->
    [one] دقيقة
    [two] دقيقتين
    [few] { $age_minutes } دقائق
   *[other] { $age_minutes } دقيقة
}، والحدّ { $limit_minutes }
verdict-capacity-full = امتلأ اليوم: { $capacity ->
    [zero] لا طرود
    [one] طرد واحد
    [two] طردان
    [few] { $capacity } طرود
    [many] { $capacity } طردًا
   *[other] { $capacity } طرد
}
verdict-window-full = اكتملت فترة التغليف لديه: { $capacity ->
    [zero] لا طرود
    [one] طرد واحد
    [two] طردان
    [few] { $capacity } طرود
    [many] { $capacity } طردًا
   *[other] { $capacity } طرد
}
verdict-too-far = أبعد من { $limit_km } كم
verdict-no-service = لا خدمة شحن من هنا
verdict-promise-missed = كان سيصل في { $earliest }؛ والوعد حتى { $promised }
verdict-excluded-by-rule = تمنعه قاعدة: { $rule }
verdict-not-certified = لا يُسمح له بإرسال هذه البضاعة: { $missing }
verdict-too-heavy = أثقل من المسموح: { $unit_weight_g } غ، وأقصى ما يقبله { $limit_g } غ
verdict-no-stock-record = لا يوجد لديه هذا المنتج
verdict-no-stock = { $on_hand ->
    [0] لا شيء موجود
    [zero] لا شيء موجود
    [one] الموجود قطعة واحدة، وليست متاحة
    [two] الموجود قطعتان، ولا شيء منهما متاح
   *[other] الموجود { $on_hand }، ولا شيء منها متاح
}
verdict-kept-back = يحجب { $keep }، ولديه { $available }: { $rule }
verdict-too-few-on-hand = لديه { $available }، وتطلب قاعدة { $need }: { $rule }
certified-fragile = قابلة للكسر
certified-hazmat = خطرة
certified-oversized = كبيرة الحجم
certified-age-restricted = مقيَّدة بالعمر
# What would change it.
change-lost = كان سيفوز لو كان الإرسال من هنا أرخص بمقدار { $by }.
change-part = يدخل في الاختيار لو كانت لديه القطع الناقصة.
change-paused = استأنفه ليدخل في الاختيار من جديد.
change-lane-off = فعّل طريقة التسليم هذه في هذا الموقع.
change-closed = يدخل في الاختيار من جديد عندما يفتح.
change-accuracy-gate = اجرد المزيد من رفوفه؛ تُفتح البوابة من تلقاء نفسها متى صحّ ما يكفي من الجرد.
change-stale-feed = تقرير مخزون حديث يعيده إلى الاختيار.
change-capacity-full = ارفع سعته، أو انتظر اليوم التالي.
change-window-full = ارفع سعة الفترة، أو انتظر التالية.
change-promise-missed = خدمة أسرع أو وعد أبعد يدخله في الاختيار.
change-excluded-by-rule = غيّر تلك القاعدة.
change-not-certified = اسمح للموقع بهذه البضاعة.
change-no-stock = قطعة متاحة واحدة هناك تدخله في الاختيار.
change-kept-back = قطعة إضافية هناك، أو كمية محجوبة أقل في تلك القاعدة.
change-too-few-on-hand = قطع أكثر هناك، أو عدد أقل في تلك القاعدة.
change-no-stock-record = سجّل جردًا أول للمنتج هناك.
# Checks that every location goes through, in their order.
check-paused = غير موقوف
check-rejected-before = لم يرفضه
check-lane-off = طريقة التسليم متوفرة
check-not-chosen-store = الفرع الصحيح
check-closed = مفتوح
check-slot-missed = في الوقت
check-accuracy-gate = جرد موثوق
check-stale-feed = مخزون حديث
check-capacity-full = سعة اليوم تكفي
check-window-full = سعة الفترة تكفي
check-too-far = قريب بما يكفي
check-no-service = تخدمه شركة شحن
check-promise-missed = يفي بالوعد
check-excluded-by-rule = تسمح به القواعد
check-not-certified = مصرَّح له
check-too-heavy = الوزن
check-no-stock-record = يوجد لديه المنتج
check-no-stock = لديه مخزون
check-kept-back = فوق الكمية المحجوبة
check-too-few-on-hand = الموجود يكفي
why-candidates = المواقع التي نُظر فيها
why-preference = منه { $by } لأن قاعدة تفضّل موقعًا آخر؛ لا أحد يدفع ذلك.
km-away = على بُعد { $n } كم
about-place = عن { $place }
why-what-changes = ما الذي يغيّر ذلك:
change-not-chosen-store = يدخل في الاختيار إذا اختار العميل هذا الفرع.
