<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
    <context>
        <name>KnownFolders</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LookingPanel</name>
        <message numerus="yes">
            <source>%n face(s) found</source>
            <translation>
                <numerusform>%n face found</numerusform>
                <numerusform>%n faces found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s) left</source>
            <translation>
                <numerusform>about %n minute left</numerusform>
                <numerusform>about %n minutes left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n hour(s) left</source>
            <translation>
                <numerusform>about %n hour left</numerusform>
                <numerusform>about %n hours left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%n photo(s) looked at.</source>
            <translation>
                <numerusform>%n photo looked at.</numerusform>
                <numerusform>%n photos looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them cannot be read: see Photos.</source>
            <translation>
                <numerusform>%n of them cannot be read: see Photos.</numerusform>
                <numerusform>%n of them cannot be read: see Photos.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Problems</name>
        <message numerus="yes">
            <source>%n photo(s) cannot be read</source>
            <translation>
                <numerusform>%n photo cannot be read</numerusform>
                <numerusform>%n photos cannot be read</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SortWords</name>
        <message numerus="yes">
            <source>The folder is not there any more, and %n file(s) were. If it is on a drive, connect it first.</source>
            <translation>
                <numerusform>The folder is not there any more, and %n file was. If it is on a drive, connect it first.</numerusform>
                <numerusform>The folder is not there any more, and %n files were. If it is on a drive, connect it first.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are not where they were and are left out.</source>
            <translation>
                <numerusform>%n photo is not where it was and is left out.</numerusform>
                <numerusform>%n photos are not where they were and are left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All is in place already: %n photo(s).</source>
            <translation>
                <numerusform>All is in place already: %n photo.</numerusform>
                <numerusform>All is in place already: %n photos.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new photo(s)</source>
            <translation>
                <numerusform>%n new photo</numerusform>
                <numerusform>%n new photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n in place already</source>
            <translation>
                <numerusform>%n in place already</numerusform>
                <numerusform>%n in place already</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n moved</source>
            <translation>
                <numerusform>%n moved</numerusform>
                <numerusform>%n moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n taken away</source>
            <translation>
                <numerusform>%n taken away</numerusform>
                <numerusform>%n taken away</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) sorted into {}</source>
            <translation>
                <numerusform>%n photo sorted into {}</numerusform>
                <numerusform>%n photos sorted into {}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) cannot be read, or have changed: {}. Look at their folder again, then start again.</source>
            <translation>
                <numerusform>%n photo cannot be read, or has changed: {}. Look at its folder again, then start again.</numerusform>
                <numerusform>%n photos cannot be read, or have changed: {}. Look at their folder again, then start again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) stay, as you have changed them: {}.</source>
            <translation>
                <numerusform>%n file stays, as you have changed it: {}.</numerusform>
                <numerusform>%n files stay, as you have changed them: {}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) go away</source>
            <translation>
                <numerusform>%n file goes away</numerusform>
                <numerusform>%n files go away</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n move back</source>
            <translation>
                <numerusform>%n moves back</numerusform>
                <numerusform>%n move back</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n come back</source>
            <translation>
                <numerusform>%n comes back</numerusform>
                <numerusform>%n come back</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) go away if nothing else is in them</source>
            <translation>
                <numerusform>%n folder goes away if nothing else is in it</numerusform>
                <numerusform>%n folders go away if nothing else is in them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) stay, as they were changed since</source>
            <translation>
                <numerusform>%n file stays, as it was changed since</numerusform>
                <numerusform>%n files stay, as they were changed since</numerusform>
            </translation>
        </message>
    </context>
</TS>
