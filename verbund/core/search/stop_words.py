"""Words that say nothing about a text: neither indexed nor asked for."""

GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte da dabei
dadurch dafür damit dann daran das dass dein deine dem den denn der des dessen deren dich die dies diese diesem diesen
dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwa etwas euch euer für gegen gibt hat
haben hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in innen ins ist ja jede jedem jeden jeder jedes
kann kein keine können man mein meine mich mir mit möchte möchten muss müssen nach nicht noch nur ob oder ohne sein
seine seit sich sie sind so sowie über um und uns unser unsere unter vom von vor war was weil welche welcher wenn wer
werden wie will wir wird wo wollen wurde zu zum zur zwischen
brauche brauchen braucht gern gerne habe hätte mag suche suchen würde
"""
OTHERS = """
and for from of or the to with bir da de için ile ve
и і й та в у на з із до для що як по от или не
في من على إلى عن مع و او هذا هذه التي الذي
"""
ALL = GERMAN + OTHERS
