# ruff: noqa: E501 (a row of the table reads best on one line)
"""The furniture of Korean and English news pages, as data: what each kind of line looks like.

A pattern must match the whole line (white space collapsed). ``where`` says in which part of the
page it counts: ``any``; ``edge``, before the first or after the last paragraph of running text;
``head`` or ``tail``, one of the two. Order matters: the first pattern that matches decides.
Patterns are not tied to a language, since Korean pages carry English lines and the reverse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from align.article import Kind
from align.reading.dates import MONTH_DAY

Where = Literal["any", "edge", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Pattern:
    kind: Kind
    where: Where
    expression: re.Pattern[str]
    longest: int


# --- Names -------------------------------------------------------------------------------------

_NOT_A_NAME = (
    r"(?!(?:The|A|An|This|That|These|Those|Our|Its|His|Her|Their|He|She|It|We|They|I|You|There|Here|What|Who|If|When|While|As|But|And|Or|So|Not|No|Yes|More|Most|Some|Many|One|Two|Three|All|Each|Every|Now|Then|Mid|Late|Early|North|South|"
    r"Order|Law|Default|Far|Contrast|Comparison|Day|Night|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday)\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?! [A-Z][a-z]))"
)
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][^\W\d_]*(?:[-'’][^\W\d_]+)*)"
#: A personal name in Latin letters: Kang Mi Jin, Seo-yun Kim, J. R. O'Neil, KIM SEO YUN.
NAME_EN = rf"{_NOT_A_NAME}{_WORD}(?:\s(?:(?:de|van|von|der|bin|al|la)\s)*{_WORD}){{0,4}}"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*·\s*|\s*/\s*)"

_SURNAME = (
    "(?:남궁|황보|제갈|선우|독고|사공|서문|"
    "[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국은편용예경봉사부가복태피두감빈])"
)
_NOT_A_NAME_KO = (
    "(?!(?:전문|정치|경제|사회|문화|국제|전직|현직|여성|남성|방송|신문|사진|취재|담당|인턴|객원|선임|수습|시민|한국|"
    "조선|중국|미국|전담|현장|지방|주재|소속|전속|편집|기사|기자|유명|명의)(?:\\s?(?:기자|특파원)|(?![가-힣])))"
)
#: A personal name in Hangul: 김서윤, 남궁민.
NAME_KO = rf"{_NOT_A_NAME_KO}{_SURNAME}[가-힣]{{1,3}}?"
#: A foreign name in Hangul (나오미 펠드), too much like other words to be taken without a label.
FOREIGN_KO = r"[가-힣]{1,6}(?:[·\s][가-힣]{1,6}){0,2}"
NAMES = rf"{NAME_EN}(?:{_AND}{NAME_EN})*"
NAMES_KO = rf"{NAME_KO}(?:\s*[·,∙/]\s*{NAME_KO})*"
_JOB_KO = (
    r"(?:(?:(?:선임|수석|객원|인턴|수습|전문|대|북한|탐사|취재|편집|시민)\s?){0,2}"
    r"(?:기자|특파원|통신원|논설위원|편집장|편집위원|칼럼니스트|리포터|앵커|연구위원|연구원))"
)
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_OUTLET_KO = r"[가-힣A-Za-z][가-힣A-Za-z·. ]{0,14}"
_STAFF = r"(?:(?:the\s+)?(?:[A-Z][\w'’]*\s+){0,4}(?:staff|desk|team|editors?|editorial (?:team|staff|desk)))"

# --- Credits -----------------------------------------------------------------------------------

TRANSLATED = r"(?i:translat(?:ed|ion|or)s?)"
EDITED = r"(?i:(?:copy[- ]?)?edit(?:ed|ing|or)s?)"
_VERB = (
    rf"(?:{TRANSLATED}|{EDITED}|(?i:additional )?(?i:report(?:ed|ing)|research)|(?i:writ(?:ten|ing))|"
    r"(?i:fact[- ]check(?:ed|ing)|proofread(?:ing)?|compiled|adapted|revised|reviewed|interview(?:ed)?|"
    r"photos?|photography|graphics?|illustrations?|story|text))"
)
_DOER = r"(?:\s+(?i:from (?:the )?(?:original )?Korean|into English|for clarity|to English))*(?:\s+(?i:by)|\s*[:=—–-]|\s+(?i:by)\s*:)\s*"
_CLAUSE = (
    rf"{_VERB}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*/\s*){_VERB})*{_DOER}(?:{_STAFF}|{NAMES}|{NAMES_KO})"
    rf"(?:,?\s+(?i:for|of|at|in)\s+(?i:the\s+)?{_WORD}(?:\s{_WORD}){{0,3}})?(?:\s*\(?{_EMAIL}\)?)?"
)
_TEXT = r"(?i:article|story|report|piece|interview|column|text|essay|post|dispatch|translation)"
_VERB_KO = r"(?:영문\s?)?(?:번역|영역|감수|교정|교열|편집|정리|옮김|옮긴이|역자|통역|윤문|구성|데스크)(?:자|인)?"

# --- Captions ----------------------------------------------------------------------------------

_PICTURE = r"(?i:(?:file |satellite |screen )?(?:images?|photos?|pictures?|photographs?|graphics?|illustrations?|screenshots?|screengrabs?|infographics?|maps?))"
_CREDITED = rf"(?:{_PICTURE}|(?i:source|courtesy|credit))"
_PICTURE_KO = (
    r"(?:자료\s?)?(?:사진|이미지|그래픽|영상|일러스트|촬영|삽화|지도|위성사진|화면|인포그래픽|출처)"
)
_AGENCY = (
    r"(?:Yonhap|AP|AFP|Reuters|REUTERS|EPA|Kyodo|Xinhua|KCNA|Getty|Newsis|News1|Rodong Sinmun|"
    r"(?i:file photo|file image|screenshot|screen capture|pool photo|courtesy of|photo courtesy|"
    r"(?:photo|image|picture|source|credit|graphic|map)s?\s*[:=]|(?:photo|image|picture|graphic|illustration|screenshot)s? (?:by|from|via|courtesy)))"
)
_AGENCY_KO = (
    r"(?:연합뉴스|연합|뉴시스|뉴스1|조선중앙통신|조선중앙TV|노동신문|로동신문|우리민족끼리|조선의\s?오늘|구글어스|"
    r"구글\s?어스|통일부|AP|AFP|로이터|교도|신화|플래닛랩스|독자)"
)
_UNSOLID = r"[^.!?…。]"

# --- The rest ----------------------------------------------------------------------------------

_SITE = r"(?:facebook|twitter|x|instagram|youtube|telegram|whatsapp|kakao(?:talk| ?story)?|line|naver|linkedin|reddit|e-?mail|sms)"
_BUTTON_KO = (
    r"(?:관련\s?(?:기사|글|뉴스)|태그|키워드|많이\s?본\s?(?:기사|뉴스)|최신\s?기사|인기\s?기사|추천\s?기사|이전\s?기사|다음\s?기사|"
    r"목록|맨\s?위로|댓글|좋아요|공감|구독|후원|인쇄|스크랩|글자\s?크기|글씨\s?크기|(?:기사\s?)?공유|페이스북|트위터|카카오(?:톡|스토리)|"
    r"네이버(?:\s?(?:블로그|밴드))?|밴드|텔레그램|URL\s?복사|링크\s?복사|본문\s?듣기|프린트|메일\s?보내기|SNS|가|닫기|확대|축소)(?:하기|으로|로)?"
)
_VERSION = r"(?i:korean|english|한국어|영어|hangul|국문|영문)"
_POLITE = r"(?:니다|세요|십시오|시오|에요|예요|어요|아요)[\s.!]*"
_ROLE = (
    r"(?:reporter|journalist|correspondent|editor|columnist|writer|contributor|translator|researcher|"
    r"analyst|fellow|professor|lecturer|author|director|intern|economist|commentator|blogger|"
    r"photographer|activist|scholar|specialist|expert|consultant|student|candidate|defector|refugee|"
    r"historian|producer|freelancer|escapee|founder|president|representative|adviser|advisor|attorney)"
)
_ROLE_KO = r"(?:기자|필자|특파원|연구위원|연구원|칼럼니스트|교수|논설위원|작가|번역가|편집장|대표|소장|박사|언론인|저널리스트)"
_PLACE = r"[A-Z][A-Za-z.'’-]+(?:\s[A-Z][A-Za-z.'’-]+){0,3}"
#: Places that Korean datelines name; a list, since outlets stand before "=" as well.
CITY_KO = (
    "(?:서울|평양|베이징|북경|도쿄|동경|워싱턴|단둥|단동|옌지|연길|선양|심양|옌볜|연변|투먼|도문|훈춘|하얼빈|상하이|블라디보스토크|"
    "모스크바|제네바|부산|파주|판문점|인천|춘천|고성|방콕|홍콩|런던|파리|베를린|뉴욕|하노이|울란바토르|신의주|혜산|회령|무산|청진|나선|"
    "평성|남포|사리원|해주|원산|함흥|강계|만포|온성|개성)"
)
_CITY = r"(?:(?i:Seoul|Pyongyang|Beijing|Tokyo|Washington|Dandong|Yanji|Shenyang|Vladivostok|Moscow|Geneva|Busan|Paju|Panmunjom|Ulaanbaatar|Bangkok|Hong Kong|London|New York))"


def _compiled(rows: list[tuple[Kind, Where, str]], longest: int = 300) -> list[Pattern]:
    return [
        Pattern(kind, where, re.compile(rf"(?:{source})\Z"), longest)
        for kind, where, source in rows
    ]


_LINES: list[tuple[Kind, Where, str]] = [
    # read_in: links to the other language
    ("read_in", "any", rf"[\W_]*(?i:click (?:here )?to |to )?(?i:read|view|see|click)(?: (?i:here|this|the|our|it|original|full))*(?: {_TEXT})?(?: (?i:in|here in))(?: (?i:the original))? {_VERSION}(?: (?i:version|here))?[\W_]*"),
    ("read_in", "any", rf"[\W_]*(?i:read|view|see)(?: (?i:the|this|original|full))* {_VERSION}(?:[- ](?i:language))?(?: (?i:original|version|{_TEXT}|edition))(?: (?i:here|of this {_TEXT}))?[\W_]*"),
    ("read_in", "edge", rf"[\W_]*(?:(?i:this) {_TEXT} (?i:is )?)?(?i:also )?(?i:available in|in) {_VERSION}[\W_]*"),
    ("read_in", "edge", rf"[\W_]*{_VERSION} (?i:version|edition|original)(?: (?i:here|available here|of this {_TEXT}))?[\W_]*"),
    ("read_in", "any", r"[\W_]*(?:이 기사(?:를|의)?\s*)?(?:한국어|영어|국문|영문|한글|조선어)(?:판|본)?(?:으로|로|\s?기사|\s?원문|\s?버전|\s?번역)?(?:를|을)?\s?(?:기사\s?)?(?:보기|읽기|보러\s?가기|바로\s?가기|보시려면|읽으시려면|보려면|링크|클릭)(?:\s?(?:클릭|여기를?|누르세요|여기를 (?:클릭|누르)\w*))*[\W_]*"),
    ("read_in", "edge", r"[\W_]*(?:한국어|영문|국문|영어)(?:판|본|\s?기사|\s?원문|\s?버전)\s*(?:[:=：]\s*(?:https?://)?\S+)?[\W_]*"),
    ("read_in", "edge", r"[\W_]*(?:국문|한글|한국어|영문)?\s?(?:기사\s?)?원문\s?(?:기사\s?)?(?:보기|읽기|바로가기|링크)[\W_]*"),
    # copyright
    ("copyright", "any", r"[\W_]*저작권자?\s*(?:[:=ⓒ©]|\([cC]\)).*"),
    ("copyright", "any", r".{0,60}(?:무단\s?(?:전재|복제|배포)|재배포)[^다]{0,40}(?:금지|금합니다|금함|AI[^다]{0,20}금지)[\W_]*"),
    ("copyright", "any", r"(?:(?!\b(?:said|says)\b).){0,120}(?i:all rights reserved)[\W_]*"),
    ("copyright", "edge", r"[\W_]*(?i:copyrights?)\s*(?:[ⓒ©:]|\([cC]\)|(?:19|20)\d\d|(?i:by|held by)\b).*"),
    ("copyright", "edge", r"[^\w]*(?:[ⓒ©]|\([cC]\)\s*(?=\d{4}))\s*(?:(?:19|20)\d\d)?[^.!?]{1,60}\.?(?:\s*(?i:all rights reserved|unauthorized).*)?"),
    ("copyright", "edge", r"[\W_]*(?i:copyright)\s[A-Z][\w ]{1,40}[.,](?:.{0,120}(?i:prohibited|reserved|permission)\.?)?"),
    ("copyright", "edge", r"[\W_]*(?i:(?:unauthorized |no )?(?:reproduction|redistribution|republication|part of this \w+ may be)).{0,160}(?i:prohibited|forbidden|permission|consent|reproduced|permitted|without)[^\n]*"),
    # contact
    ("contact", "any", rf"[\W_]*(?i:(?:reporter'?s? )?e-?mail|이메일|메일|contact)?[\s:：=]*{_EMAIL}(?:[\s,/|·]+{_EMAIL})*[\W_]*"),
    ("contact", "edge", r"[\W_]*(?i:please )?(?i:direct|send|address|e-?mail|submit|forward)\b.{0,80}(?i:comments?|questions?|inquir(?:y|ies)|enquir(?:y|ies)|tips?|feedback|corrections?|suggestions?|letters?)\b.{0,80}(?i:to|at)(?:\s+(?:us|the \w+|\S+@\S+).{0,60})?[\W_]*"),
    ("contact", "edge", r"(?i:(?:any )?(?:comments?|questions?|inquir(?:y|ies)|tips?|feedback|corrections?|story ideas)\b.{0,60}\b(?:can|may|should) be (?:directed|sent|addressed|e-?mailed|submitted)).{0,80}"),
    ("contact", "edge", r"(?i:(?:do you )?(?:have|got) (?:a |any |some )?(?:story |news )?(?:tips?|information|questions?|comments?|corrections?)\b.{0,80}).{0,80}"),
    ("contact", "edge", rf"[\W_]*(?i:(?:to |please )?(?:contact|reach|write to|e-?mail|follow)\b.{{0,80}}?(?i:\bat\b|\bon\b|:|via|by)\s*)(?:{_EMAIL}|@\w+|\+?[\d][\d -]{{6,}}).{{0,60}}"),
    ("contact", "edge", r"[\W_]*(?i:(?:for|with|if you have) .{0,80}(?:inquiries|enquiries|questions|comments|information|corrections|tips)\b.{0,40}(?:contact|e-?mail|write|reach|call)\b).{0,100}"),
    ("contact", "edge", r"(?i:(?:we welcome|share your|send us) .{0,60}(?:tips?|comments?|feedback|questions?|letters?)\b.{0,60})"),
    ("contact", "edge", rf"[^.]{{0,80}}(?:제보|문의|의견|질문|정정|반론|연락|이메일|메일).{{0,80}}{_POLITE}"),
    ("contact", "edge", rf"[^.]{{0,60}}(?:제보|문의|의견|질문|정정|반론|연락|이메일|메일|☎|카카오톡|텔레그램).{{0,40}}(?:{_EMAIL}|\d{{2,4}}-\d{{3,4}}(?:-\d{{4}})?|@\w+).{{0,60}}"),
    ("contact", "edge", r"[\W_]*(?:기사\s?)?(?:제보|문의|제보하기|기사\s?문의|제보\s?(?:및|·)\s?문의)(?:처|전화|메일)?(?:\s*[:：=].{0,60})?[\W_]*"),
    # credits
    ("byline", "edge", rf"[\W_]*(?i:written|reported|story|words|text|writing|reporting) (?i:and (?:reported|written) )?(?i:by)[: ]\s*(?:{NAMES})(?:,? (?i:in|for|of) (?i:the )?{_PLACE})?[\W_]*"),
    ("caption", "any", rf"[\W_]*(?i:photos?|images?|graphics?|illustrations?|pictures?)(?:\s+(?i:by)|\s*[:=])\s*{NAMES}[\W_]*"),
    ("credit", "any", rf"[\W_]*(?:{_CLAUSE})(?:(?:[\s.;,|/·–—]+(?:and\s+)?)(?:{_CLAUSE}))*[\W_]*"),
    ("credit", "edge", rf"[\W_]*(?i:this|the) (?:[\w-]+ ){{0,2}}{_TEXT} (?i:was|has been|is) [^.]{{0,120}}{TRANSLATED}\b.{{0,60}}(?i:\bby\b)\s*(?:{_STAFF}|{NAMES}).{{0,160}}"),
    ("credit", "edge", rf"[\W_]*(?i:english|korean) translation(?:\s*[:=—–-]|(?i:\s+by))\s*(?:{_STAFF}|{NAMES}|{NAMES_KO}).{{0,60}}"),
    ("credit", "any", rf"[\W_]*(?:(?:취재|글|사진)\s?[·/,및]\s?)?{_VERB_KO}(?:\s?[·/,및]\s?{_VERB_KO})*\s*(?:[:=：|/]|\s)\s*(?:{NAMES_KO}|{NAMES})(?:\s?(?:{_JOB_KO}|에디터|번역가|번역위원))?(?:\s*[|,/·.;]?\s*{_VERB_KO}\s*(?:[:=：|/]|\s)\s*(?:{NAMES_KO}|{NAMES})(?:\s?(?:{_JOB_KO}|에디터|번역가))?)*(?:\s*\(?{_EMAIL}\)?)?[\W_]*"),
    ("credit", "edge", rf"[\W_]*(?:영문\s?)?(?:번역|옮긴이|역자|감수)(?:자)?\s*[:=：]\s*{FOREIGN_KO}[\W_]*"),
    ("credit", "edge", rf"[\W_]*(?:{NAMES_KO}|{NAMES})\s(?:번역|옮김|역|편역|감수|편집|정리)[\W_]*"),
    # bylines
    ("byline", "edge", rf"[\W_]*(?i:by)\s*:?\s+(?:{NAMES})(?:\s*[,|/–—-]?\s*(?i:in\s+{_PLACE}|{_PLACE}|[\w ]{{0,20}}(?:reporter|correspondent|writer|editor|contributor)))?(?:\s*[,|/·(]?\s*{_EMAIL}\)?)?[\W_]*"),
    ("byline", "edge", rf"{NAME_EN}\s*[|]\s*{_PLACE}"),
    ("byline", "edge", rf"[\W_]*(?:(?i:reporter|author|writer|correspondent|columnist)\s*[:=]\s*)(?:{NAMES}|{NAMES_KO})[\W_]*"),
    ("byline", "edge", rf"{NAME_EN}\s*[,|/]\s*(?:{_PLACE}\s)?(?i:(?:staff |senior |special |contributing |guest )?(?:reporter|correspondent|writer|columnist|contributor|editor))(?:,? (?i:in|at|of|for) (?i:the )?{_PLACE})?[\W_]*"),
    ("byline", "edge", rf"[\W_]*(?:(?:글|취재|기사|작성|글·사진|기자)\s*[:=：/]?\s*)?(?:{_OUTLET_KO}\s*[=|ㅣ/]\s*)?(?:{_OUTLET_KO}[\])>】]?\s)?(?:[\W_]*)(?:{NAMES_KO})\s?{_JOB_KO}\s*=?(?:[\s|/(\[,·]*{_EMAIL}[)\]]*)?[\W_]*"),
    ("byline", "edge", rf"[\W_]*(?:글|취재|기사\s?작성|필자|작성자|기자)\s*[:=：/]\s*(?:{NAMES_KO})(?:\s?{_JOB_KO})?[\W_]*"),
    ("byline", "edge", rf"[\W_]*{CITY_KO}\s*=\s*(?:{NAMES_KO})\s?(?:{_JOB_KO})?(?:\s*{_EMAIL})?[\W_]*"),
    # datelines (lines of dates alone are told by dates.is_date_line)
    ("dateline", "edge", rf"{_PLACE}(?:, {_PLACE})?,? (?:\(?{MONTH_DAY}\)?)(?:,? (?:19|20)\d\d)?(?: \([^)]{{2,40}}\))?\s*[—–-]*"),
    ("dateline", "edge", rf"{_CITY}(?:, (?i:South Korea|North Korea|Korea|China|Japan|Russia|D\.?C\.?))?(?: \([^)]{{2,40}}\))?\s*[—–-]*"),
    ("dateline", "edge", rf"(?:[\[(<【]\s*(?!사진|그래픽|이미지|번역|영상|출처|자료)[가-힣]{{2,6}}|{CITY_KO})\s*=\s*[가-힣A-Za-z0-9 ]{{2,16}}\s*[\])>】]?\s*[—–=-]*"),
    # captions
    ("caption", "any", rf".{{2,300}}(?:\s[/|–—-]\s*|[/|]\s*|[.]\s+|[(\[（]\s*|\.?[”\"]\s){_CREDITED}(?: (?i:credit|source))?(?:\s*[:=]|\s+(?i:by|via|courtesy of))\s*[^.!?]{{1,80}}[)\]）.]?"),
    ("caption", "any", rf"[\W_]*{_PICTURE}(?: (?i:credit|source|caption))?\s*[:=]\s*.{{1,200}}"),
    ("caption", "any", r"[\W_]*(?i:source|courtesy|credit|pictured|shown|pictured above|caption)\s*[:=]\s*[^.!?]{2,160}"),
    ("caption", "any", r"[\W_]*(?:(?i:an?|the) )?(?i:(?:undated |recent |old |satellite |aerial |file )*(?:screenshot|screen capture|photo|photograph|satellite image|still|aerial view|image)s? (?:from|of|taken|provided|obtained|released))\b[^.!?]{4,160}"),
    ("caption", "any", rf".{{6,300}}[(\[]{_AGENCY}[^()\[\]]{{0,60}}[)\]]"),
    ("caption", "any", r"[^.]{10,200}\.\s[(\[][A-Z][\w&'’-]*(?:[ /][A-Z][\w.&'’-]*){0,4}[)\]]"),
    ("caption", "any", r"[\W_]*(?:FILE PHOTO|FILE IMAGE|FILE|File photo|File image|Handout photo|Undated photo)\b\s*(?:[:—–-]|\().{3,300}"),
    ("caption", "any", r"[\W_]*(?i:file photo|file image|image|photo|caption)[\W_]*"),
    ("caption", "any", r"(?:In |A )?(?i:this )(?:(?:[\w-]+ ){0,4})(?i:photo|photograph|image|picture|screenshot|still|frame)s?,? (?:(?i:was )?(?:(?i:taken|captured|shot) (?:in|on|by|from)\b|(?i:provided|released|published|carried|distributed|broadcast) (?:by|on)\b|(?i:from) [A-Z])).{2,300}"),
    ("caption", "any", rf"{_UNSOLID}{{8,200}}\s/\s(?:(?i:courtesy of|via)\s)?[A-Z][\w.&'’-]*(?:\s[\w.&'’-]+){{0,4}}"),
    ("caption", "any", rf".{{0,300}}(?:[/|(\[（<]\s*|[.”\"]\s+|^[\W_]*|\s){_PICTURE_KO}(?:\s?(?:제공|출처|자료|설명|캡처|캡쳐))?\s*[=:：]\s*[^.!?]{{1,60}}[)\]）>.]?"),
    ("caption", "any", r"[\W_]*[\[(<【]\s*(?:자료\s?)?(?:사진|이미지|그래픽|영상|자료)\s*[\])>】].{0,300}"),
    ("caption", "any", r".{4,300}[\[(<]\s*[^\[\]()<>]{0,40}(?:자료\s?사진|자료\s?화면|캡처|캡쳐|사진\s?제공|제공|갈무리|촬영)\s*[\])>]"),
    ("caption", "any", r".{4,300}(?:/\s*|[.]\s*)[가-힣A-Za-z0-9·' ]{2,24}(?:\s(?:제공|캡처|캡쳐|갈무리|자료\s?사진|화면|촬영|DB))\.?"),
    ("caption", "any", rf".{{6,300}}(?:\.|\s|[”\"'’])(?:/\s?|[(\[]){_AGENCY_KO}(?:[·=,/ ][가-힣A-Za-z0-9 ]{{1,20}})?[)\]]?"),
    ("caption", "any", r"(?:[^.]|\.(?=\d)){4,160}\.?\s?/\s?[가-힣A-Za-z0-9·]{2,16}"),
    ("caption", "any", r".{5,300}[\s.][ⓒ©]\s?[가-힣A-Za-z][^.!?]{1,40}"),
    ("caption", "any", r".{0,200}(?:(?:기사|본문)\s?(?:내용)?(?:과|와|의)?\s?(?:직접\s?(?:적인\s?)?)?(?:관련|무관|관계|특정)[^.]{0,20}[)\]]|[\[(※]\s?(?:자료\s?사진|참고\s?사진|해당\s?기사와\s?무관).{0,40})"),
    ("caption", "edge", r"[\W_]*사진(?:은|는)\s?.{0,60}(?:무관|관련\s?없[음는]|관계\s?없[음는]|자료).{0,20}"),
    ("caption", "any", r"[▲△▼▽↑↓◀▶◁▷]\s?[^▲△▼▽]{3,160}(?:모습|전경|장면|사진|풍경|내부|외부|현장|광경|표지|지도|캡처|[^▲]{0,60}(?:바라본|촬영한|찍은|포착된|포착한|서 본)\s[^▲.]{2,60}|(?:하|되|치|지|보|나르|팔|살|매|기다리|걷|앉|서|걸리|놓이|붙|쌓이|모이|들이|오가|고르|옮기|달리|지나)고? 있다)(?:이다)?[.]?(?:\s?[(\[/].{1,40})?"),
    ("caption", "any", r"[▲△▼▽↑↓◀▶◁▷]\s?[^▲△▼▽]{3,200}[/(\[ⓒ©]\s?[^.]{2,40}"),
    # notes: editor's notes, disclaimers, sharing, advertising, end marks
    ("note", "edge", r"[\W_]*(?i:editor(?:'s|’s|s’|s')? note|note from the editor|translator(?:'s|’s)? note|correction|clarification|disclaimer)\s*[:.—–\]-].*"),
    ("note", "edge", r"[\W_]*(?:편집자\s?주|편집자의\s?말|역자\s?주|옮긴이\s?주|알림|바로잡습니다|정정|일러두기)[\W_].*"),
    ("note", "edge", r"[\W_]*(?i:(?:the |any )?(?:views?|opinions?)(?:,? (?:and|or) \w+)? expressed)\b.{0,300}"),
    ("note", "edge", r".{0,200}(?i:do(?:es)? not (?:necessarily )?(?:reflect|represent) (?:the|those)).{0,160}"),
    ("note", "edge", rf"[\W_]*(?i:this|the) (?:[\w-]+ )?{_TEXT} (?i:(?:is |was |has been |had been )?(?:(?:first|originally|also|previously|last|re)?[ -]?){{1,2}}(?:published|appeared|posted|printed|updated|corrected|part of a)|is the \w+ (?:in|of) (?:a|our)\b.{{0,20}}\bseries)\b.{{0,160}}"),
    ("note", "edge", r".{0,160}(?i:(?:network|team) of (?:\w+ )?(?:sources|reporting partners|reporters|citizen journalists)\b.{0,80}(?:inside|living in|in) North Korea).{0,300}"),
    ("note", "edge", r".{0,200}(?i:identit(?:y|ies) (?:remains? |of .{0,60} )?(?:anonymous|(?:is|are|has been|have been) (?:withheld|concealed|protected|changed))).{0,160}"),
    ("note", "edge", r".{0,120}(?:필자|칼럼|외부|기고|글|내용).{0,60}(?:편집\s?방향|공식\s?(?:입장|견해)|논조|견해)(?:과|와|은|는|이|가)?.{0,40}(?:다를|무관|일치하지|관련).{0,30}"),
    ("note", "edge", r"[※*]\s?.{4,200}(?:니다|세요|음|임|함|됨)[\s.]*"),
    ("note", "edge", rf"[\W_]*(?i:(?:please )?(?:share|tweet|print|e-?mail|pin|copy|save)(?: (?:this|the))?(?: (?:{_TEXT}|page|link|url))?(?: (?:on|via|with|to|by))?(?: (?:{_SITE}|friends))*(?:(?:,| and| &| /)? ?{_SITE})*)[\W_]*"),
    ("note", "edge", rf"[\W_]*(?i:(?:please )?(?:follow|like|join|find|support|visit) (?:us|our|@\w+|{_SITE})\b)[^.]{{0,80}}[.!]?[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:(?:please )?(?:subscribe|sign up|register)(?: (?:now|here|today))?(?: (?:to|for) (?:our|the|updates|.{0,30}newsletter).{0,60})?)[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:donate|make a donation|become a (?:member|supporter|patron))(?i: (?:now|here|today|to us|to .{2,20} today))?[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:tags?|keywords?|topics?|categor(?:y|ies)|filed under|related(?: (?:articles?|stor(?:y|ies)|posts?|news|content|coverage|topics))?|read more|read also|also read|see also|more on this|recommended(?: .{2,20})?|most read|trending|previous (?:article|post)|next (?:article|post))\s*(?:[:>|»].{0,200})?[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:tags|related|read more|see also)(?:,? [A-Z][\w’'-]*){1,12}[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:(?:\d+ )?comments?(?: \(\d+\))?|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|no comments(?: yet)?|back to top|listen to this .{3,10}|copy link)[\W_]*"),
    ("note", "edge", r"[\W_]*(?i:(?:like what you|if you (?:like|liked|enjoy|enjoyed) (?:this|our)|thank you for reading|thanks for reading))\b.{0,120}"),
    ("note", "edge", r"[\W_]*(?i:this is (?:the )?(?:part \w+|\w+ part|\w+ (?:article|story|installment)) (?:of|in) (?:a|an|our|the)\b.{0,40}series)\b.{0,160}"),
    ("note", "edge", r"[\W_]*(?i:(?:all |some |the )?names?\b.{0,60}\b(?:have|has) been (?:changed|withheld|altered|omitted))\b.{0,120}"),
    ("note", "any", r"[\W_]*(?:ADVERTISEMENT|Advertisement|SPONSORED|광고|AD)[\W_]*"),
    ("note", "edge", rf"[\W_]*{_BUTTON_KO}(?:[\s,|/·()\d]+{_BUTTON_KO})*[\W_]*"),
    ("note", "edge", r"[\W_]*(?:관련\s?(?:기사|글|뉴스|보도)|태그|키워드|이전\s?기사|다음\s?기사|많이\s?본\s?(?:기사|뉴스)|추천\s?기사)\s*[:：|/>·#=].{0,200}"),
    ("note", "edge", r"[^.]{0,40}(?:구독|공유|후원|팔로우|추천|스크랩|인쇄|즐겨찾기|친구\s?추가)(?:\s?(?:하기|신청하기|버튼|해\s?주세요|하세요|합니다|부탁드립니다|바랍니다|[을를]\s?(?:눌러|부탁|클릭).{0,20}))[\W_]*"),
    ("note", "edge", r"[\W_]*#[\w가-힣]+(?:[\s,]+#[\w가-힣]+)*[\W_]*"),
    ("note", "any", r"[\W_]*(?:\(끝\)|<끝>|\[끝\]|\(END\)|\(end\)|-END-|###|- ?30 ?-)[\W_]*"),
    ("note", "any", r"[^\w“”\"'‘’]{1,40}"),
    # whatever else gives an address where only furniture stands
    ("contact", "tail", rf"[^”\"]{{0,120}}{_EMAIL}[^”\"]{{0,60}}"),
]  # fmt: skip

#: Lines of furniture, in order of trial.
PATTERNS: tuple[Pattern, ...] = tuple(_compiled(_LINES, longest=400))

#: Who wrote this, in a paragraph of its own after the story. The first sort is plain by itself; the
#: second could be the last paragraph of a story and needs other furniture beside it.
PLAIN_BIOGRAPHY = re.compile(
    rf"(?:[*_\s]*(?:(?i:about the (?:author|writer|reporter)|the (?:author|writer))\b|"
    rf"{NAME_EN} (?:is|was|works as|has been|serves as) (?:an?|the|one of)?\b[^.]{{0,120}}?\b"
    rf"(?:reporter|journalist|correspondent|editor|columnist|writer|contributor|intern)\b[^.]{{0,40}}?\b(?:at|for|with|of|who|based|covering)\b|"
    rf"{NAME_EN} is (?:an? (?:freelance|Seoul-based|independent)|{NAME_EN}['’]s)\b[^.]{{0,60}}?\b(?:reporter|journalist|correspondent|editor|columnist|writer|translator)\b|"
    rf"{NAME_EN} (?:(?:has|have) (?:long )?(?:written|reported|covered|edited|translated|worked)|writes|reports|covers|edits|translates|works)\b[^.]{{0,80}}\b(?:for|from)\b)|"
    rf"[*_\s]*(?:{NAME_KO}\s(?:기자|특파원|칼럼니스트|논설위원)는\s|필자(?:는|인)\s|글쓴이는\s|저자\s?소개|필자\s?소개|기자\s?소개))"
)
LIKELY_BIOGRAPHY = re.compile(
    rf"[*_\s]*(?:{NAME_EN}(?:,? (?:PhD|Ph\.D\.|M\.A\.))? (?:is|was|works|has|holds|serves|joined|graduated|studied|received|fled|left)\b[^.]{{0,200}}\b{_ROLE}s?\b|"
    rf"{NAME_KO}(?:은|는|\s?{_ROLE_KO}[은는])\s.{{0,200}}{_ROLE_KO})"
)
