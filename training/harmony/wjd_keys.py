"""Keys of tunes in the Weimar Jazz Database, which as extracted here has changes but no keys.

Written for this project by hand: the key that a chart of the tune would state, judged from the
first chorus of its changes and from how the tune is commonly notated. Tunes whose key musicians
would argue about (free and modal ones, Giant Steps) are left out. Names are as in `group_name`.
"""

from __future__ import annotations

from types import MappingProxyType

from music.keys import Key, parse_key

_ROWS = """
C: itsawonderfulworld threelittlewords destinationkc dontblameme kcblues yardbirdsuite
 letsgetlost bodyandsoul dextivity hothouse sweetandlovely ladybird icantgetstarted
 onceinawhile gutbucketblues whosit bemshaswing dontgetaroundmuchanymore whatsnew stthomas
 theeverywherecalypso aprilinparis
F: desafinado justfriends longagoandfaraway imcomingvirginia ididntknowwhattimeitwas
 housedfromedward thishere billiesbounce bluesforalice embraceableyou scrapplefromtheapple
 therewillneverbeanotheryou inasentimentalmood joyspring itsonlyapapermoon societyred
 cognacblues unamourpleurait iloveyou doubletalk crazyrhythm walkin littlewillieleapsin
 tinysblues slippedagain crosscurrent tautology wow justoneofthosethings cornetchopsuey
 confirmation imeanyou eightyone bagsgroove bluerondoalaturk bemylove honeysucklerose goodkick
 takethecoltrane ifiwereabell stevesblues
Bb: anthropology myideal runninwild royalgardenblues nomoe secondsight highfly koko steeplechase
 thrivingonariff perdido nogreaterlove bluesfortwo stanleythesteamer igotrhythm jojo
 sixcatsandaprince bluenboogie goodbait lineforlyons babywontyoupleasecomehome gingerbreadboy
 bluemode bluesinthecloset elora bluesbyfive nutty oleo tranesblues tearsinheaven
 bopgoestoleesel marshmallow dbblues lesterleapsin basinstreetblues cabinfever deltacityblues
 vierdblues alianca cottontail onaslowboattochina kingdavid undecided reallytheblues blueseven
 tenormadness cherokeeii cherokee
Eb: bluesforblanche inamellowtone stardust avalon handfulofkeys whispering margie singintheblues
 stareyes howdeepistheocean mylittlesuedeshoes ifallinlovetooeasily daahoud sandu
 myblueheaven bluetrain ivegotyouundermyskin secretlove therainbowpeople groovinhigh
 ongreendolphinstreet serene dolphindance soulstation serenity thesidewinder bessiesblues
 soultrane gotnoblues hotterthanthat myheart earlymorningrock bluesonsunday homefries
 bluesinbebop highsociety memoriesofyou strollinwithpam letscoolone imagination
Ab: nobodyssweetheart tigerrag didyoucallhertoday whereorwhen riverboatshuffle angles donnalee
 limehouseblues sophisticatedlady ourdelight thiscantbelove remember teapot heebiejeebies
 muskratramble princealbert allthethingsyouare dinah alongcamebetty bossaantigua
 thegirlfromeast9thstreet thegasser skippy dancinginthedark
Db: igotitbad gutbucketsteepy ummg aftertheatrejump stompinatthesavoy askmenow chelseabridge
 harvardblues theskunk doodlin
G: sweetlorraine byebyeblackbird ornithology outofnowhere illrememberapril dahomeydance bunny
 thereddoor walkingshoes savoyblues bigbutterandeggman earlymorningmood howhighthemoon
 stlouisblues playinintheyard easytolove
D: nightandday thenearnessofyou yousteppedoutofadream countdown igotyou tuneup
B: centralparkwest
Cm: bluesforbela youandthenightandthemusic dickiesdream jordu softlyasinamorningsunrise cheesecake
 speaknoevil mrpc passiton midnightvoyage alonetogether datdere footprints
Dm: sowhat anightintunisia yesterdays impressions
Fm: worksong bebop myfunnyvalentine airegin sambacantina processional caravan
Gm: twosblues youdbesonicetocomehometo johnnycomelately sweetsorrow nothingpersonal
 bohemiaafterdark summertime rahsaansrun
Bbm: segment montmartre
Ebm: totempole
Am: insensatez
C#m: georgesdilemma
F#m: downunder
"""


def wjd_keys() -> MappingProxyType[str, Key]:
    """The key of each tune by its group name."""
    found: dict[str, Key] = {}
    key = parse_key("C")
    for word in _ROWS.split():
        if word.endswith(":"):
            key = parse_key(word[:-1])
        else:
            found[word] = key
    return MappingProxyType(found)
