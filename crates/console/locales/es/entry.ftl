# Ways in and out.
sign-in-title = Iniciar sesión
sign-in = Iniciar sesión
sign-in-forgotten = ¿Olvidaste tu contraseña? Un gerente o el propietario puede crearte un enlace nuevo en Configuración, Personas.
email = Correo electrónico
password = Contraseña
password-again-why = Pasó más de media hora desde que escribiste tu contraseña.
password-again = Esto da acceso a otros. Escribe tu contraseña otra vez:
password-hint = De 12 a 128 caracteres. Una frase corta funciona bien.
your-name = Tu nombre
start-title = Te damos la bienvenida a Baton
start-words = Llegaste antes que nadie. Crea la cuenta del propietario; todo lo demás puede esperar.
start-needs-link = Para crear la cuenta del propietario, abre el enlace que Baton mostró al iniciarse. Sirve una sola vez y durante una hora; vuelve a iniciar Baton para obtener otro.
start-go = Crear la cuenta
join-title = Te damos la bienvenida
join-words = Elige una contraseña y listo.
join-go = Continuar
