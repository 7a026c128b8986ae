<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
        <name>Album</name>
        <message>
            <source>Undone: {}</source>
            <translation>Rückgängig gemacht: {}</translation>
        </message>
        <message>
            <source>Taken back: what was put into {}</source>
            <translation>Zurückgenommen: was nach {} gelegt wurde</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>Es gibt nichts rückgängig zu machen.</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Take a picture</source>
            <translation>Ein Bild aufnehmen</translation>
        </message>
        <message>
            <source>Take the picture</source>
            <translation>Bild aufnehmen</translation>
        </message>
        <message>
            <source>The camera is being switched on…</source>
            <translation>Die Kamera wird eingeschaltet…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>The camera gives no picture. Does another program use it? Is it allowed to?</source>
            <translation>Die Kamera liefert kein Bild. Benutzt ein anderes Programm sie? Ist sie erlaubt?</translation>
        </message>
    </context>
    <context>
        <name>ChoosePerson</name>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Search, or type a new name</source>
            <translation>Suchen oder einen neuen Namen eingeben</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
    </context>
    <context>
        <name>FaceActions</name>
        <message>
            <source>Confirm</source>
            <translation>Bestätigen</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Nicht diese Person</translation>
        </message>
        <message>
            <source>Another person…</source>
            <translation>Jemand anderes…</translation>
        </message>
        <message>
            <source>New person</source>
            <translation>Neue Person</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Als Titelbild nehmen</translation>
        </message>
        <message>
            <source>Select faces to say who they are.</source>
            <translation>Wählen Sie Gesichter aus, um zu sagen, wer sie sind.</translation>
        </message>
        <message>
            <source>1 face selected</source>
            <translation>1 Gesicht ausgewählt</translation>
        </message>
        <message>
            <source>{:,} faces selected</source>
            <translation>{:,} Gesichter ausgewählt</translation>
        </message>
    </context>
    <context>
        <name>FaceMenu</name>
        <message>
            <source>Open {}</source>
            <translation>{} öffnen</translation>
        </message>
        <message>
            <source>Who is this?…</source>
            <translation>Wer ist das?…</translation>
        </message>
        <message>
            <source>Yes, this is {}</source>
            <translation>Ja, das ist {}</translation>
        </message>
        <message>
            <source>This is not {}</source>
            <translation>Das ist nicht {}</translation>
        </message>
        <message>
            <source>Somebody else…</source>
            <translation>Jemand anderes…</translation>
        </message>
        <message>
            <source>Use as cover of {}</source>
            <translation>Als Titelbild von {} nehmen</translation>
        </message>
    </context>
    <context>
        <name>FacesModel</name>
        <message>
            <source>Photo {} of {}</source>
            <translation>Foto {} von {}</translation>
        </message>
        <message>
            <source>Face {} of {}</source>
            <translation>Gesicht {} von {}</translation>
        </message>
        <message>
            <source>the cover</source>
            <translation>das Titelbild</translation>
        </message>
        <message>
            <source>confirmed</source>
            <translation>bestätigt</translation>
        </message>
        <message>
            <source>doubtful: small, blurred, or from the side</source>
            <translation>zweifelhaft: klein, unscharf oder von der Seite</translation>
        </message>
    </context>
    <context>
        <name>Figures</name>
        <message>
            <source>people; {:,} now</source>
            <translation>Personen; jetzt {:,}</translation>
        </message>
        <message>
            <source>seen only once; {:,} now</source>
            <translation>nur einmal gesehen; jetzt {:,}</translation>
        </message>
        <message>
            <source>would take in others</source>
            <translation>würde andere aufnehmen</translation>
        </message>
        <message>
            <source>would lose faces</source>
            <translation>würde Gesichter verlieren</translation>
        </message>
    </context>
    <context>
        <name>FindInvitation</name>
        <message>
            <source>Whom are you looking for?</source>
            <translation>Wen suchen Sie?</translation>
        </message>
        <message>
            <source>Drop a picture of them here: one that shows the face from the front is best.</source>
            <translation>Ziehen Sie ein Bild von dieser Person hierher: am besten eines, das das Gesicht von vorn zeigt.</translation>
        </message>
    </context>
    <context>
        <name>FindPage</name>
        <message>
            <source>Find me</source>
            <translation>Finde mich</translation>
        </message>
        <message>
            <source>Choose photos first, under Photos: it is among them that is searched.</source>
            <translation>Wählen Sie erst Fotos, unter „Fotos“: unter ihnen wird gesucht.</translation>
        </message>
        <message>
            <source>Looking at {}…</source>
            <translation>Sieht {} an…</translation>
        </message>
        <message>
            <source>The picture that you dropped</source>
            <translation>Das Bild, das Sie hierher gezogen haben</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>Angehalten.</translation>
        </message>
        <message>
            <source>1 photo copied</source>
            <translation>1 Foto kopiert</translation>
        </message>
        <message>
            <source>{:,} photos copied</source>
            <translation>{:,} Fotos kopiert</translation>
        </message>
        <message>
            <source>, {:,} there already</source>
            <translation>, {:,} schon da</translation>
        </message>
        <message>
            <source>, {:,} could not be copied</source>
            <translation>, {:,} konnten nicht kopiert werden</translation>
        </message>
        <message>
            <source>{} to {}</source>
            <translation>{} nach {}</translation>
        </message>
        <message>
            <source>What you copied last is no picture. Copy one, and paste it here.</source>
            <translation>Was Sie zuletzt kopiert haben, ist kein Bild. Kopieren Sie eines und fügen Sie es hier ein.</translation>
        </message>
    </context>
    <context>
        <name>Knobs</name>
        <message>
            <source>How alike two faces must be</source>
            <translation>Wie ähnlich sich zwei Gesichter sein müssen</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>Runden</translation>
        </message>
        <message>
            <source>In each round every face goes to those whom it is most like. Mostly all is settled in a few.</source>
            <translation>In jeder Runde kommt jedes Gesicht zu denen, denen es am ähnlichsten ist. Meist steht nach wenigen alles fest.</translation>
        </message>
        <message>
            <source>Rounds, at most</source>
            <translation>Runden, höchstens</translation>
        </message>
        <message>
            <source>in use, and suits these photos</source>
            <translation>in Gebrauch und passend für diese Fotos</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>suits these photos</source>
            <translation>passend für diese Fotos</translation>
        </message>
        <message>
            <source>fewer people</source>
            <translation>weniger Personen</translation>
        </message>
        <message>
            <source>more people</source>
            <translation>mehr Personen</translation>
        </message>
    </context>
    <context>
        <name>KnownFolders</name>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Erneut ansehen</translation>
        </message>
        <message>
            <source>Look again at {}</source>
            <translation>{} erneut ansehen</translation>
        </message>
    </context>
    <context>
        <name>LatestFacesView</name>
        <message>
            <source>Faces found last</source>
            <translation>Zuletzt gefundene Gesichter</translation>
        </message>
    </context>
    <context>
        <name>LookingPanel</name>
        <message>
            <source>Photos looked at</source>
            <translation>Angesehene Fotos</translation>
        </message>
        <message>
            <source>“{}” is not looked at to the end yet</source>
            <translation>„{}“ ist noch nicht zu Ende angesehen</translation>
        </message>
        <message>
            <source>What was found so far is kept. Go on whenever you like.</source>
            <translation>Was bisher gefunden wurde, bleibt erhalten. Machen Sie weiter, wann Sie möchten.</translation>
        </message>
        <message>
            <source>&amp;Continue</source>
            <translation>&amp;Weitermachen</translation>
        </message>
        <message>
            <source>Looking at “{}”</source>
            <translation>„{}“ wird angesehen</translation>
        </message>
        <message>
            <source>Pausing…</source>
            <translation>Hält an…</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>Seeing which photos are new…</source>
            <translation>Sieht nach, welche Fotos neu sind…</translation>
        </message>
        <message>
            <source>Finding out who is who…</source>
            <translation>Findet heraus, wer wer ist…</translation>
        </message>
        <message>
            <source>{done:,} of {photos:,} photos</source>
            <translation>{done:,} von {photos:,} Fotos</translation>
        </message>
        <message numerus="yes">
            <source>%n face(s) found</source>
            <translation>
                <numerusform>%n Gesicht gefunden</numerusform>
                <numerusform>%n Gesichter gefunden</numerusform>
            </translation>
        </message>
        <message>
            <source>{:.1f} photos a second</source>
            <translation>{:.1f} Fotos in der Sekunde</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>noch weniger als eine Minute</translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s) left</source>
            <translation>
                <numerusform>noch etwa %n Minute</numerusform>
                <numerusform>noch etwa %n Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n hour(s) left</source>
            <translation>
                <numerusform>noch etwa %n Stunde</numerusform>
                <numerusform>noch etwa %n Stunden</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Ordner wählen…</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>Fenster schließen</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) looked at.</source>
            <translation>
                <numerusform>%n Foto angesehen.</numerusform>
                <numerusform>%n Fotos angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them cannot be read: see Photos.</source>
            <translation>
                <numerusform>%n davon ist nicht lesbar: siehe Fotos.</numerusform>
                <numerusform>%n davon sind nicht lesbar: siehe Fotos.</numerusform>
            </translation>
        </message>
        <message>
            <source>Something unexpected happened: {}. Nothing that was shown as done is lost.</source>
            <translation>Etwas Unerwartetes ist geschehen: {}. Nichts, was als erledigt angezeigt wurde, ist verloren.</translation>
        </message>
    </context>
    <context>
        <name>MatchDelegate</name>
        <message>
            <source>perhaps</source>
            <translation>vielleicht</translation>
        </message>
    </context>
    <context>
        <name>MatchModel</name>
        <message>
            <source>{}, perhaps</source>
            <translation>{}, vielleicht</translation>
        </message>
    </context>
    <context>
        <name>MatchesView</name>
        <message>
            <source>Photos that were found</source>
            <translation>Gefundene Fotos</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>&amp;Copy to a folder…</source>
            <translation>In einen Ordner &amp;kopieren…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Photos copied</source>
            <translation>Kopierte Fotos</translation>
        </message>
        <message>
            <source>1 photo chosen</source>
            <translation>1 Foto gewählt</translation>
        </message>
        <message>
            <source>{:,} photos chosen</source>
            <translation>{:,} Fotos gewählt</translation>
        </message>
        <message>
            <source>Show {} more that may be the same person</source>
            <translation>{} weitere zeigen, die dieselbe Person sein könnten</translation>
        </message>
        <message>
            <source>Folder for the photos</source>
            <translation>Ordner für die Fotos</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Wählen</translation>
        </message>
    </context>
    <context>
        <name>MergeDialog</name>
        <message>
            <source>Merge two people</source>
            <translation>Zwei Personen zusammenführen</translation>
        </message>
        <message>
            <source>If they are, all photos will be those of {}.</source>
            <translation>Wenn ja, gehören alle Fotos dann zu {}.</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Zusammenführen</translation>
        </message>
        <message>
            <source>Face of {}</source>
            <translation>Gesicht von {}</translation>
        </message>
    </context>
    <context>
        <name>NameEdit</name>
        <message>
            <source>{} – add a name</source>
            <translation>{} – Namen hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>PeopleActions</name>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>Zusammenführen…</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Show again</source>
            <translation>Wieder zeigen</translation>
        </message>
    </context>
    <context>
        <name>PeopleDelegate</name>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
    </context>
    <context>
        <name>PeopleInPhoto</name>
        <message>
            <source>People in this photo</source>
            <translation>Personen auf diesem Foto</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Somebody unknown</source>
            <translation>Unbekannt</translation>
        </message>
    </context>
    <context>
        <name>PeopleModel</name>
        <message>
            <source>Person {}</source>
            <translation>Person {}</translation>
        </message>
        <message>
            <source>{:,} strangers</source>
            <translation>{:,} Fremde</translation>
        </message>
        <message>
            <source>1 stranger</source>
            <translation>1 Fremder</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 Foto</translation>
        </message>
        <message>
            <source>{:,} photos</source>
            <translation>{:,} Fotos</translation>
        </message>
        <message>
            <source>{}, hidden</source>
            <translation>{}, ausgeblendet</translation>
        </message>
    </context>
    <context>
        <name>PeopleNaming</name>
        <message>
            <source>Are these two the same person?</source>
            <translation>Sind diese beiden dieselbe Person?</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>{:,} people have no folder from the next sort on; undo brings them back one by one</source>
            <translation>{:,} Personen haben ab dem nächsten Sortieren keinen Ordner; Rückgängig bringt sie einzeln zurück</translation>
        </message>
        <message>
            <source>{:,} people have a folder from the next sort on</source>
            <translation>{:,} Personen haben ab dem nächsten Sortieren einen Ordner</translation>
        </message>
        <message>
            <source>{} exists. Are they the same person?</source>
            <translation>{} gibt es schon. Sind sie dieselbe Person?</translation>
        </message>
        <message>
            <source>Keep apart</source>
            <translation>Getrennt lassen</translation>
        </message>
    </context>
    <context>
        <name>PeoplePage</name>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Show hidden</source>
            <translation>Ausgeblendete zeigen</translation>
        </message>
        <message>
            <source>Search for a name</source>
            <translation>Einen Namen suchen</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 Person</translation>
        </message>
        <message>
            <source>{:,} people</source>
            <translation>{:,} Personen</translation>
        </message>
        <message>
            <source>Nobody here is called “{}”.</source>
            <translation>Niemand hier heißt „{}“.</translation>
        </message>
        <message>
            <source>Everybody is hidden. “Show hidden” brings them back into view.</source>
            <translation>Alle sind ausgeblendet. „Ausgeblendete zeigen“ holt sie zurück.</translation>
        </message>
        <message>
            <source>Your photos are being looked at. Who is in them appears here at the end.</source>
            <translation>Ihre Fotos werden angesehen. Wer darauf ist, erscheint am Ende hier.</translation>
        </message>
        <message>
            <source>Nobody is here yet.
Choose a folder under Photos: who is in it appears here.</source>
            <translation>Noch ist niemand hier.
Wählen Sie unter „Fotos“ einen Ordner: wer darin ist, erscheint hier.</translation>
        </message>
    </context>
    <context>
        <name>PeopleWall</name>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
    </context>
    <context>
        <name>PersonHeader</name>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Click to change the name</source>
            <translation>Klicken, um den Namen zu ändern</translation>
        </message>
        <message>
            <source>‹  Back</source>
            <translation>‹  Zurück</translation>
        </message>
        <message>
            <source>Back to everybody</source>
            <translation>Zurück zu allen</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 Foto</translation>
        </message>
        <message>
            <source>{:,} photos</source>
            <translation>{:,} Fotos</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 Gesicht</translation>
        </message>
        <message>
            <source>{:,} faces</source>
            <translation>{:,} Gesichter</translation>
        </message>
        <message>
            <source>{:,} confirmed</source>
            <translation>{:,} bestätigt</translation>
        </message>
        <message>
            <source>{:,} doubtful</source>
            <translation>{:,} zweifelhaft</translation>
        </message>
        <message>
            <source>Show faces</source>
            <translation>Gesichter zeigen</translation>
        </message>
        <message>
            <source>Show whole photos</source>
            <translation>Ganze Fotos zeigen</translation>
        </message>
    </context>
    <context>
        <name>PersonView</name>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>No face is left here. Undo with Ctrl+Z, or go back.</source>
            <translation>Hier ist kein Gesicht mehr. Machen Sie es mit Strg+Z rückgängig oder gehen Sie zurück.</translation>
        </message>
        <message>
            <source>Faces of {}</source>
            <translation>Gesichter von {}</translation>
        </message>
        <message>
            <source>{} exists. Are they the same person?</source>
            <translation>{} gibt es schon. Sind sie dieselbe Person?</translation>
        </message>
        <message>
            <source>Keep apart</source>
            <translation>Getrennt lassen</translation>
        </message>
    </context>
    <context>
        <name>PhotoCanvas</name>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
    </context>
    <context>
        <name>PhotoView</name>
        <message>
            <source>{:,} of {:,}</source>
            <translation>{:,} von {:,}</translation>
        </message>
        <message>
            <source>This photo cannot be shown: it could never be read.</source>
            <translation>Dieses Foto kann nicht gezeigt werden: es war nie lesbar.</translation>
        </message>
        <message>
            <source>somebody unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>{} cannot be shown: {}</source>
            <translation>{} kann nicht gezeigt werden: {}</translation>
        </message>
        <message>
            <source>‹  Back</source>
            <translation>‹  Zurück</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>Voriges Foto</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>Nächstes Foto</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>Kleiner</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>Fit the window</source>
            <translation>Ins Fenster einpassen</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>Größer</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>Namen</translation>
        </message>
        <message>
            <source>Frames and names</source>
            <translation>Rahmen und Namen</translation>
        </message>
    </context>
    <context>
        <name>PhotosPage</name>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>&amp;Add a folder…</source>
            <translation>&amp;Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Photos to look at</source>
            <translation>Fotos, die angesehen werden sollen</translation>
        </message>
    </context>
    <context>
        <name>PhotosWelcome</name>
        <message>
            <source>Choose a &amp;folder…</source>
            <translation>&amp;Ordner wählen…</translation>
        </message>
        <message>
            <source>Who is in your photos?</source>
            <translation>Wer ist auf Ihren Fotos?</translation>
        </message>
        <message>
            <source>Choose a folder of photos, or drop one here. Looking begins at once.</source>
            <translation>Wählen Sie einen Ordner mit Fotos oder ziehen Sie einen hierher. Es geht sofort los.</translation>
        </message>
        <message>
            <source>Your photos are only read, and never leave this computer. Nothing is copied until you say so.</source>
            <translation>Ihre Fotos werden nur gelesen und verlassen nie diesen Rechner. Nichts wird kopiert, bevor Sie es sagen.</translation>
        </message>
    </context>
    <context>
        <name>PictureButtons</name>
        <message>
            <source>Choose a &amp;picture…</source>
            <translation>&amp;Bild wählen…</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Use the camera…</source>
            <translation>Kamera benutzen…</translation>
        </message>
        <message>
            <source>A picture of whom you are looking for</source>
            <translation>Ein Bild von der Person, die Sie suchen</translation>
        </message>
        <message>
            <source>The picture that you pasted</source>
            <translation>Das Bild, das Sie eingefügt haben</translation>
        </message>
        <message>
            <source>The picture that you took</source>
            <translation>Das Bild, das Sie aufgenommen haben</translation>
        </message>
    </context>
    <context>
        <name>PlanModel</name>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>What happens</source>
            <translation>Was geschieht</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>(the folder itself)</source>
            <translation>(der Ordner selbst)</translation>
        </message>
        <message>
            <source>{:,} new</source>
            <translation>{:,} neu</translation>
        </message>
        <message>
            <source>{:,} moved here</source>
            <translation>{:,} hierher verschoben</translation>
        </message>
        <message>
            <source>{:,} in place already</source>
            <translation>{:,} schon am Platz</translation>
        </message>
        <message>
            <source>{:,} taken away</source>
            <translation>{:,} entfernt</translation>
        </message>
        <message>
            <source>new</source>
            <translation>neu</translation>
        </message>
        <message>
            <source>moved here from {}</source>
            <translation>hierher verschoben aus {}</translation>
        </message>
        <message>
            <source>in place already</source>
            <translation>schon am Platz</translation>
        </message>
        <message>
            <source>taken away</source>
            <translation>entfernt</translation>
        </message>
    </context>
    <context>
        <name>Problems</name>
        <message>
            <source>Photos that cannot be read</source>
            <translation>Fotos, die nicht lesbar sind</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) cannot be read</source>
            <translation>
                <numerusform>%n Foto ist nicht lesbar</numerusform>
                <numerusform>%n Fotos sind nicht lesbar</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QueryPicture</name>
        <message>
            <source>A picture with {} faces. The arrow keys and Enter choose one.</source>
            <translation>Ein Bild mit {} Gesichtern. Pfeiltasten und Eingabe wählen eines.</translation>
        </message>
        <message>
            <source>A picture with one face</source>
            <translation>Ein Bild mit einem Gesicht</translation>
        </message>
    </context>
    <context>
        <name>QuestionCard</name>
        <message>
            <source>Are these the same person?</source>
            <translation>Ist das dieselbe Person?</translation>
        </message>
        <message>
            <source>Is this {}?</source>
            <translation>Ist das {}?</translation>
        </message>
    </context>
    <context>
        <name>RunsModel</name>
        <message>
            <source>{:,} files made</source>
            <translation>{:,} Dateien angelegt</translation>
        </message>
        <message>
            <source>{:,} moved</source>
            <translation>{:,} verschoben</translation>
        </message>
        <message>
            <source>{:,} taken away</source>
            <translation>{:,} entfernt</translation>
        </message>
        <message>
            <source>undone</source>
            <translation>zurückgenommen</translation>
        </message>
        <message>
            <source>stopped before its end</source>
            <translation>vor dem Ende angehalten</translation>
        </message>
    </context>
    <context>
        <name>ShiftsModel</name>
        <message>
            <source>Would become one</source>
            <translation>Würden eins</translation>
        </message>
        <message>
            <source>Would fall apart</source>
            <translation>Würden zerfallen</translation>
        </message>
        <message>
            <source>{} would become one</source>
            <translation>{} würden eins</translation>
        </message>
        <message>
            <source>{} would fall apart</source>
            <translation>{} würde zerfallen</translation>
        </message>
        <message>
            <source>somebody new</source>
            <translation>jemand Neues</translation>
        </message>
        <message>
            <source>seen too rarely</source>
            <translation>zu selten gesehen</translation>
        </message>
        <message>
            <source>to {}</source>
            <translation>zu {}</translation>
        </message>
    </context>
    <context>
        <name>SortForm</name>
        <message>
            <source>Folder to sort into</source>
            <translation>Ordner, in den sortiert wird</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Choose the folder to sort into</source>
            <translation>Ordner wählen, in den sortiert wird</translation>
        </message>
        <message>
            <source>Sort into</source>
            <translation>Sortieren nach</translation>
        </message>
        <message>
            <source>People in fewer share the folder Others; whom you have named never do.</source>
            <translation>Personen mit weniger Fotos teilen sich den Ordner „Others“; wen Sie benannt haben, nie.</translation>
        </message>
        <message>
            <source>Sort as</source>
            <translation>Sortieren als</translation>
        </message>
        <message>
            <source>Photos of several people</source>
            <translation>Fotos mehrerer Personen</translation>
        </message>
        <message>
            <source>A folder of their own from so many photos on</source>
            <translation>Ein eigener Ordner ab so vielen Fotos</translation>
        </message>
    </context>
    <context>
        <name>SortPage</name>
        <message>
            <source>Sort</source>
            <translation>Sortieren</translation>
        </message>
        <message>
            <source>Taken back: what was put into {}</source>
            <translation>Zurückgenommen: was nach {} gelegt wurde</translation>
        </message>
        <message>
            <source>Take it back</source>
            <translation>Zurücknehmen</translation>
        </message>
        <message>
            <source>Write the whole path of a folder, or choose one.</source>
            <translation>Geben Sie den ganzen Pfad eines Ordners ein oder wählen Sie einen.</translation>
        </message>
        <message>
            <source>Nobody has been found yet. Look at some photos first: see Photos.</source>
            <translation>Noch wurde niemand gefunden. Lassen Sie erst Fotos ansehen: siehe Fotos.</translation>
        </message>
        <message>
            <source>Working out what will be made…</source>
            <translation>Ermittelt, was angelegt wird…</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
    </context>
    <context>
        <name>SortView</name>
        <message>
            <source>What was sorted</source>
            <translation>Was sortiert wurde</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>What was done stays, and it can be gone on with at any time.</source>
            <translation>Was getan ist, bleibt, und es kann jederzeit weitergehen.</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>So lassen</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Take back…</source>
            <translation>Zurücknehmen…</translation>
        </message>
        <message>
            <source>{:,} of {:,}</source>
            <translation>{:,} von {:,}</translation>
        </message>
        <message>
            <source>What will be taken back</source>
            <translation>Was zurückgenommen wird</translation>
        </message>
        <message>
            <source>What will be made</source>
            <translation>Was angelegt wird</translation>
        </message>
        <message>
            <source>Folders and files</source>
            <translation>Ordner und Dateien</translation>
        </message>
    </context>
    <context>
        <name>SortWords</name>
        <message>
            <source>Copies</source>
            <translation>Kopien</translation>
        </message>
        <message>
            <source>Each photo is there a second time, and takes room a second time.</source>
            <translation>Jedes Foto ist ein zweites Mal da und braucht ein zweites Mal Platz.</translation>
        </message>
        <message>
            <source>Hard links</source>
            <translation>Harte Verknüpfungen</translation>
        </message>
        <message>
            <source>A second name for the same photo: takes no room, but whoever edits it edits both.</source>
            <translation>Ein zweiter Name für dasselbe Foto: braucht keinen Platz, aber wer es bearbeitet, bearbeitet beide.</translation>
        </message>
        <message>
            <source>Symbolic links</source>
            <translation>Symbolische Verknüpfungen</translation>
        </message>
        <message>
            <source>Signposts to the photos: take no room, but lead nowhere once the photos are moved.</source>
            <translation>Wegweiser zu den Fotos: brauchen keinen Platz, führen aber ins Leere, sobald die Fotos verschoben werden.</translation>
        </message>
        <message>
            <source>Clones</source>
            <translation>Klone</translation>
        </message>
        <message>
            <source>Copies that take no room until one is edited; plain copies where the drive has no clones.</source>
            <translation>Kopien, die erst Platz brauchen, wenn eine bearbeitet wird; gewöhnliche Kopien, wo das Laufwerk keine Klone kennt.</translation>
        </message>
        <message>
            <source>With each of them</source>
            <translation>Bei jeder von ihnen</translation>
        </message>
        <message>
            <source>A photo of Ada and Bob is in Ada's folder and in Bob's.</source>
            <translation>Ein Foto von Ada und Bob liegt in Adas Ordner und in Bobs.</translation>
        </message>
        <message>
            <source>With the largest face</source>
            <translation>Beim größten Gesicht</translation>
        </message>
        <message>
            <source>Each photo is there once, with who is closest.</source>
            <translation>Jedes Foto ist einmal da, bei wem am nächsten ist.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Zusammen</translation>
        </message>
        <message>
            <source>A photo of Ada and Bob is in a folder “Ada, Bob”.</source>
            <translation>Ein Foto von Ada und Bob liegt in einem Ordner „Ada, Bob“.</translation>
        </message>
        <message>
            <source>{} is a file. Choose a folder.</source>
            <translation>{} ist eine Datei. Wählen Sie einen Ordner.</translation>
        </message>
        <message>
            <source>{} holds your photos themselves. Choose another folder, or a new one in it.</source>
            <translation>{} enthält Ihre Fotos selbst. Wählen Sie einen anderen Ordner oder einen neuen darin.</translation>
        </message>
        <message>
            <source>Nothing can be written to {}. Choose another folder, or allow writing there.</source>
            <translation>Nach {} kann nichts geschrieben werden. Wählen Sie einen anderen Ordner oder erlauben Sie dort das Schreiben.</translation>
        </message>
        <message>
            <source>Your photos and {} are on drives between which there are no such links. Choose copies instead.</source>
            <translation>Ihre Fotos und {} liegen auf Laufwerken, zwischen denen es solche Verknüpfungen nicht gibt. Wählen Sie stattdessen Kopien.</translation>
        </message>
        <message>
            <source>{} does not answer any more. Is its drive connected? Then start again.</source>
            <translation>{} antwortet nicht mehr. Ist das Laufwerk verbunden? Dann beginnen Sie noch einmal.</translation>
        </message>
        <message>
            <source>The drive of {} is full. Make room, and go on.</source>
            <translation>Das Laufwerk von {} ist voll. Schaffen Sie Platz und machen Sie weiter.</translation>
        </message>
        <message>
            <source>There is room for {} and {} are needed. Make room, choose a folder on another drive, or links instead of copies.</source>
            <translation>Platz ist für {}, gebraucht werden {}. Schaffen Sie Platz, wählen Sie einen Ordner auf einem anderen Laufwerk oder Verknüpfungen statt Kopien.</translation>
        </message>
        <message>
            <source>The last sort into this folder was stopped; this one goes on with it.</source>
            <translation>Das letzte Sortieren in diesen Ordner wurde angehalten; dieses führt es fort.</translation>
        </message>
        <message numerus="yes">
            <source>The folder is not there any more, and %n file(s) were. If it is on a drive, connect it first.</source>
            <translation>
                <numerusform>Der Ordner ist nicht mehr da, und %n Datei war darin. Liegt er auf einem Laufwerk, verbinden Sie es erst.</numerusform>
                <numerusform>Der Ordner ist nicht mehr da, und %n Dateien waren darin. Liegt er auf einem Laufwerk, verbinden Sie es erst.</numerusform>
            </translation>
        </message>
        <message>
            <source>The folder lies among your photos. It is marked, and never taken for new photos.</source>
            <translation>Der Ordner liegt zwischen Ihren Fotos. Er wird gekennzeichnet und nie für neue Fotos gehalten.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are not where they were and are left out.</source>
            <translation>
                <numerusform>%n Foto ist nicht mehr, wo es war, und bleibt außen vor.</numerusform>
                <numerusform>%n Fotos sind nicht mehr, wo sie waren, und bleiben außen vor.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All is in place already: %n photo(s).</source>
            <translation>
                <numerusform>Alles ist schon am Platz: %n Foto.</numerusform>
                <numerusform>Alles ist schon am Platz: %n Fotos.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new photo(s)</source>
            <translation>
                <numerusform>%n neues Foto</numerusform>
                <numerusform>%n neue Fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n in place already</source>
            <translation>
                <numerusform>%n schon am Platz</numerusform>
                <numerusform>%n schon am Platz</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n moved</source>
            <translation>
                <numerusform>%n verschoben</numerusform>
                <numerusform>%n verschoben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n taken away</source>
            <translation>
                <numerusform>%n entfernt</numerusform>
                <numerusform>%n entfernt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) sorted into {}</source>
            <translation>
                <numerusform>%n Foto nach {} sortiert</numerusform>
                <numerusform>%n Fotos nach {} sortiert</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) cannot be read, or have changed: {}. Look at their folder again, then start again.</source>
            <translation>
                <numerusform>%n Foto ist nicht lesbar oder hat sich geändert: {}. Lassen Sie seinen Ordner erneut ansehen und beginnen Sie noch einmal.</numerusform>
                <numerusform>%n Fotos sind nicht lesbar oder haben sich geändert: {}. Lassen Sie ihren Ordner erneut ansehen und beginnen Sie noch einmal.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) stay, as you have changed them: {}.</source>
            <translation>
                <numerusform>%n Datei bleibt, da Sie sie geändert haben: {}.</numerusform>
                <numerusform>%n Dateien bleiben, da Sie sie geändert haben: {}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) go away</source>
            <translation>
                <numerusform>%n Datei geht weg</numerusform>
                <numerusform>%n Dateien gehen weg</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n move back</source>
            <translation>
                <numerusform>%n geht zurück</numerusform>
                <numerusform>%n gehen zurück</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n come back</source>
            <translation>
                <numerusform>%n kommt wieder</numerusform>
                <numerusform>%n kommen wieder</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) go away if nothing else is in them</source>
            <translation>
                <numerusform>%n Ordner geht weg, wenn sonst nichts darin ist</numerusform>
                <numerusform>%n Ordner gehen weg, wenn sonst nichts darin ist</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) stay, as they were changed since</source>
            <translation>
                <numerusform>%n Datei bleibt, da sie seither geändert wurde</numerusform>
                <numerusform>%n Dateien bleiben, da sie seither geändert wurden</numerusform>
            </translation>
        </message>
        <message>
            <source>If you take this back, in {}: </source>
            <translation>Wenn Sie dies zurücknehmen, in {}: </translation>
        </message>
        <message>
            <source>Your photos themselves are not touched.</source>
            <translation>Ihre Fotos selbst bleiben unberührt.</translation>
        </message>
    </context>
    <context>
        <name>StrangersView</name>
        <message>
            <source>Faces of strangers</source>
            <translation>Gesichter von Fremden</translation>
        </message>
        <message>
            <source>‹ People</source>
            <translation>‹ Personen</translation>
        </message>
        <message>
            <source>Back to all people</source>
            <translation>Zurück zu allen Personen</translation>
        </message>
        <message>
            <source>Who is this?…</source>
            <translation>Wer ist das?…</translation>
        </message>
        <message>
            <source>Strangers</source>
            <translation>Fremde</translation>
        </message>
        <message>
            <source>Faces that belong to nobody: passers-by, seen once or too badly.</source>
            <translation>Gesichter, die niemandem gehören: Passanten, nur einmal oder zu schlecht gesehen.</translation>
        </message>
    </context>
    <context>
        <name>SuggestionsPage</name>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Ja</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Nein</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Überspringen</translation>
        </message>
        <message>
            <source>Ask again what I skipped</source>
            <translation>Übersprungenes noch einmal fragen</translation>
        </message>
        <message>
            <source>Choose photos first: what is worth asking about the people in them appears here.</source>
            <translation>Wählen Sie erst Fotos: was es zu den Personen darauf zu fragen gibt, erscheint hier.</translation>
        </message>
        <message>
            <source>Looking for what is worth asking…</source>
            <translation>Sucht, was es zu fragen gibt…</translation>
        </message>
        <message>
            <source>1 question left</source>
            <translation>noch 1 Frage</translation>
        </message>
        <message>
            <source>{:,} questions left</source>
            <translation>noch {:,} Fragen</translation>
        </message>
        <message>
            <source>That is all for now, but for what you have skipped.</source>
            <translation>Das ist vorerst alles, bis auf das, was Sie übersprungen haben.</translation>
        </message>
        <message>
            <source>Nothing to ask: everybody is told apart as well as can be. New photos bring new questions.</source>
            <translation>Nichts zu fragen: alle sind so gut unterschieden, wie es geht. Neue Fotos bringen neue Fragen.</translation>
        </message>
        <message>
            <source>Y or →   yes      N or ←   no      S or ↓   skip      Ctrl+Z   take back</source>
            <translation>J oder →   ja      N oder ←   nein      S oder ↓   überspringen      Strg+Z   zurück</translation>
        </message>
        <message>
            <source>Y</source>
            <translation>J</translation>
        </message>
        <message>
            <source>N</source>
            <translation>N</translation>
        </message>
        <message>
            <source>S</source>
            <translation>S</translation>
        </message>
    </context>
    <context>
        <name>TuningPage</name>
        <message>
            <source>Tuning</source>
            <translation>Feinabstimmung</translation>
        </message>
        <message>
            <source>Nobody has been found yet. Look at some photos first: see Photos.</source>
            <translation>Noch wurde niemand gefunden. Lassen Sie erst Fotos ansehen: siehe Fotos.</translation>
        </message>
        <message>
            <source>Who would become one, and who would fall apart</source>
            <translation>Wer eins würde und wer zerfallen würde</translation>
        </message>
        <message>
            <source>Use this</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>So lassen</translation>
        </message>
        <message>
            <source>Undo does not take this back, but you can go back here; who has no name may get another number.</source>
            <translation>Rückgängig nimmt dies nicht zurück, aber Sie können hierher zurückkehren; wer keinen Namen hat, bekommt vielleicht eine andere Nummer.</translation>
        </message>
        <message>
            <source>Everybody would stay who they are.</source>
            <translation>Alle blieben, wer sie sind.</translation>
        </message>
        <message>
            <source>People are told apart at {:.3f} now.</source>
            <translation>Jetzt werden Personen bei {:.3f} unterschieden.</translation>
        </message>
        <message>
            <source>Telling people apart…</source>
            <translation>Unterscheidet Personen…</translation>
        </message>
        <message>
            <source>Comparing all faces with each other…</source>
            <translation>Vergleicht alle Gesichter miteinander…</translation>
        </message>
        <message>
            <source>what suits these photos</source>
            <translation>was zu diesen Fotos passt</translation>
        </message>
        <message>
            <source>Go back to {}</source>
            <translation>Zurück zu {}</translation>
        </message>
        <message>
            <source>If one person was taken for two, move to the left; if two were taken for one, to the right. Whom you have named and what you have confirmed stays in any case.</source>
            <translation>Wurde eine Person für zwei gehalten, gehen Sie nach links; wurden zwei für eine gehalten, nach rechts. Wen Sie benannt und was Sie bestätigt haben, bleibt in jedem Fall.</translation>
        </message>
    </context>
    <context>
        <name>WhoPanel</name>
        <message>
            <source>Give them a name</source>
            <translation>Einen Namen geben</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Show all of them</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <source>Look for somebody else</source>
            <translation>Jemand anderes suchen</translation>
        </message>
        <message>
            <source>Whom do you mean?</source>
            <translation>Wen meinen Sie?</translation>
        </message>
        <message>
            <source>{} people are in this picture: click one.</source>
            <translation>{} Personen sind auf diesem Bild: klicken Sie auf eine.</translation>
        </message>
        <message>
            <source>Looking for photos…</source>
            <translation>Sucht Fotos…</translation>
        </message>
        <message>
            <source>1 photo shows</source>
            <translation>1 Foto zeigt</translation>
        </message>
        <message>
            <source>{:,} photos show</source>
            <translation>{:,} Fotos zeigen</translation>
        </message>
        <message>
            <source>This is {}.</source>
            <translation>Das ist {}.</translation>
        </message>
        <message>
            <source>{} them.</source>
            <translation>{} diese Person.</translation>
        </message>
        <message>
            <source>Somebody seen once or so.</source>
            <translation>Jemand, der nur etwa einmal zu sehen ist.</translation>
        </message>
        <message>
            <source>No photo surely shows this face.</source>
            <translation>Kein Foto zeigt sicher dieses Gesicht.</translation>
        </message>
        <message>
            <source>These are a little like it. Choose the right ones, or try another picture.</source>
            <translation>Diese ähneln ihm ein wenig. Wählen Sie die richtigen oder versuchen Sie ein anderes Bild.</translation>
        </message>
        <message>
            <source>No photo shows this face.</source>
            <translation>Kein Foto zeigt dieses Gesicht.</translation>
        </message>
        <message>
            <source>Try another picture: one from the front, in good light.</source>
            <translation>Versuchen Sie ein anderes Bild: von vorn, bei gutem Licht.</translation>
        </message>
        <message>
            <source>That did not work.</source>
            <translation>Das hat nicht geklappt.</translation>
        </message>
    </context>
    <context>
        <name>_Choice</name>
        <message>
            <source>New person: “{}”</source>
            <translation>Neue Person: „{}“</translation>
        </message>
        <message>
            <source>A new person</source>
            <translation>Eine neue Person</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 Foto</translation>
        </message>
        <message>
            <source>{:,} photos</source>
            <translation>{:,} Fotos</translation>
        </message>
    </context>
    <context>
        <name>_Faces</name>
        <message>
            <source>1 photo</source>
            <translation>1 Foto</translation>
        </message>
        <message>
            <source>{:,} photos</source>
            <translation>{:,} Fotos</translation>
        </message>
        <message>
            <source>Faces of {}</source>
            <translation>Gesichter von {}</translation>
        </message>
    </context>
    <context>
        <name>_Mirror</name>
        <message>
            <source>What the camera sees</source>
            <translation>Was die Kamera sieht</translation>
        </message>
    </context>
    <context>
        <name>_Single</name>
        <message>
            <source>The face that is asked about</source>
            <translation>Das Gesicht, nach dem gefragt wird</translation>
        </message>
    </context>
    <context>
        <name>_StrangersModel</name>
        <message>
            <source>A face in {}</source>
            <translation>Ein Gesicht in {}</translation>
        </message>
    </context>
    <context>
        <name>_WholePhoto</name>
        <message>
            <source>The photo that it is in</source>
            <translation>Das Foto, auf dem es ist</translation>
        </message>
    </context>
</TS>
