# Ways in and out.
sign-in-title = Sign in
sign-in = Sign in
sign-in-forgotten = Forgotten your password? A manager or the owner can make you a new link under Settings, People.
email = E-mail
password = Password
password-again-why = It is more than half an hour since you said your password.
password-again = This gives others access. Say your password again:
password-hint = 12 to 128 characters. A short sentence is good.
your-name = Your name
start-title = Welcome to Baton
start-words = You are the first here. Make the owner's account; everything else can wait.
start-needs-link = To make the owner's account, open the link that Baton printed when it was started. It works once, for an hour; start Baton again for a new one.
start-go = Make the account
join-title = Welcome
join-words = Choose a password, and you are in.
join-go = Go on
