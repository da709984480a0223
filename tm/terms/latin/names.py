"""Names of persons: surnames, given names, and established English spellings. Data only."""

from __future__ import annotations

from tm.terms.latin.gazetteer import PLACES, PROVINCES
from tm.terms.lexicon import word_set

__all__ = [
    "COMMON_GIVEN",
    "COMPOUND_SURNAMES",
    "GIVEN_SYLLABLES",
    "NAME_OR_SUFFIX",
    "NEVER_LAST",
    "NORTHERN_PEOPLE",
    "NO_PERSON",
    "NO_PERSON_STEMS",
    "PEOPLE",
    "PLACES",
    "PROVINCES",
    "SOUTHERN_SURNAMES",
    "STRONG_SURNAMES",
    "SURNAMES",
    "SURNAME_SPELLINGS",
]

#: Surnames as they are printed for North Koreans; syllables not listed are no surname.
SURNAMES = {
    "김": "Kim", "리": "Ri", "이": "Lee", "박": "Pak", "최": "Choe", "정": "Jong", "강": "Kang",
    "조": "Jo", "윤": "Yun", "장": "Jang", "림": "Rim", "임": "Im", "한": "Han", "오": "O",
    "서": "So", "신": "Sin", "권": "Kwon", "황": "Hwang", "안": "An", "송": "Song", "류": "Ryu",
    "유": "Yu", "전": "Jon", "홍": "Hong", "고": "Ko", "문": "Mun", "손": "Son", "양": "Yang",
    "량": "Ryang", "배": "Pae", "백": "Paek", "허": "Ho", "남": "Nam", "심": "Sim", "노": "No",
    "로": "Ro", "하": "Ha", "곽": "Kwak", "성": "Song", "차": "Cha", "주": "Ju", "우": "U",
    "구": "Ku", "민": "Min", "현": "Hyon", "태": "Thae", "방": "Pang", "변": "Pyon", "렴": "Ryom",
    "여": "Yo", "려": "Ryo", "원": "Won", "천": "Chon", "공": "Kong", "석": "Sok", "선": "Son",
    "길": "Kil", "연": "Yon", "마": "Ma", "표": "Phyo", "명": "Myong", "기": "Ki", "반": "Pan",
    "진": "Jin", "엄": "Om", "채": "Chae", "지": "Ji", "맹": "Maeng", "옥": "Ok", "라": "Ra",
    "탁": "Thak", "계": "Kye", "염": "Yom", "봉": "Pong", "추": "Chu", "국": "Kuk", "함": "Ham",
}  # fmt: skip

#: Surnames of two syllables, as printed for North Koreans.
COMPOUND_SURNAMES = {
    "남궁": "Namgung", "황보": "Hwangbo", "선우": "Sonu", "제갈": "Jegal", "사공": "Sagong",
    "서문": "Somun", "독고": "Tokgo", "동방": "Tongbang",
}  # fmt: skip

#: Surnames that only the South writes so: their bearers get the South's hyphenated given names.
SOUTHERN_SURNAMES = {
    "이": "Lee", "임": "Lim", "유": "Yoo", "나": "Na", "여": "Yeo", "염": "Yeom", "육": "Yook",
    "추": "Choo", "함": "Ham",
}  # fmt: skip

#: Further spellings of surnames that English texts have, beyond what the systems give.
SURNAME_SPELLINGS = {
    "김": "Kim Gim", "리": "Ri Li Lee Rhee Yi", "이": "Lee Yi Ri Li Rhee Rhie Yee I",
    "박": "Pak Park Bak", "최": "Choe Choi Choy", "정": "Jong Jung Jeong Chung Chong Cheong",
    "강": "Kang Gang", "조": "Jo Cho Joe", "윤": "Yun Yoon", "장": "Jang Chang",
    "림": "Rim Lim Im Yim", "임": "Im Lim Rim Yim", "오": "O Oh", "서": "So Seo Suh Soh",
    "신": "Sin Shin", "권": "Kwon Gwon Kwun", "안": "An Ahn", "류": "Ryu Yu Yoo Lyu Ryoo",
    "유": "Yu Yoo Ryu You", "전": "Jon Jun Jeon Chon Chun Cheon", "고": "Ko Go Koh",
    "문": "Mun Moon", "손": "Son Sohn", "양": "Yang Ryang", "량": "Ryang Yang",
    "배": "Pae Bae Pai", "백": "Paek Baek Paik Baik Back", "허": "Ho Heo Hur Huh",
    "심": "Sim Shim", "노": "No Roh Noh Ro Rho", "로": "Ro Roh No Noh", "곽": "Kwak Gwak",
    "성": "Song Sung Seong", "주": "Ju Joo Chu", "우": "U Woo Wu", "구": "Ku Koo Gu", "민": "Min",
    "현": "Hyon Hyun Hyeon", "태": "Thae Tae", "방": "Pang Bang", "변": "Pyon Byun Byeon",
    "렴": "Ryom Yom Yeom Yeum", "염": "Yom Yeom Ryom", "여": "Yo Yeo Ryo", "려": "Ryo Ryeo Yeo",
    "원": "Won", "천": "Chon Cheon Chun", "공": "Kong Gong", "석": "Sok Seok Suk",
    "선": "Son Sun Seon", "길": "Kil Gil", "연": "Yon Yeon", "표": "Phyo Pyo",
    "명": "Myong Myung Myeong", "기": "Ki Gi", "반": "Pan Ban", "진": "Jin Chin",
    "엄": "Om Eom Um", "지": "Ji Chi Jee", "옥": "Ok", "라": "Ra La Na", "나": "Na Ra",
    "육": "Yuk Yook", "국": "Kuk Guk Kook", "남궁": "Namgung Namkung Namgoong",
    "황보": "Hwangbo Hwangpo", "선우": "Sonu Seonu Sunwoo Sunu", "제갈": "Jegal Chegal",
    "독고": "Tokgo Dokgo Tokko", "추": "Chu Choo", "탁": "Thak Tak",
}  # fmt: skip

#: Syllables that are common in given names; three-syllable words of others are no person.
GIVEN_SYLLABLES = frozenset(
    "가강건격겸경계고관광구국권규균극근금기길나남녀년능다달대덕도동두란람래려련렬령례록률룡륜린림"
    "만명모묵문미민방배백범병보복봉부분빈산삼상서석선설섭성세소손송수숙순술숭승식신실심아안애양억"
    "언연열엽각갑걸영예옥완요용우욱운웅원월유윤율은을응의이익인일임자장재전정제조종주준중지진찬창"
    "채천철초춘충치칠탁태택평표풍필하학한해향헌혁현협형혜호홍화환황회효후훈휘흥희측빛봄솔슬샘온별"
    "혹흠히무량추"
)

#: Surnames that hardly begin another word of three syllables.
STRONG_SURNAMES = frozenset("김박최리림윤황권홍허류곽엄렴량태맹강송")

#: Syllables that end no given name, or so seldom that a word that ends in one is a noun.
NEVER_LAST = frozenset("가을를의에고나능다두려령률부분표회후방배제세소손초안전계요황년치율")

#: Syllables that end given names, but also nouns: suffixes and particles.
NAME_OR_SUFFIX = frozenset(
    "구은이도인자성화기지대해원장산강당서동군시리식열용력수사한형하호명문보법품실단신중심경광권란"
    "론량각향일임관금록범애린만모무추"
)

#: Given names so common that they are believed behind any surname.
COMMON_GIVEN = word_set(
    """
    강일 선호 세현 철환 명화 정은 여정 영철 영남 영호 영수 영길 영애 영란 영희 영옥 영진 영일 영춘
    영순 영식 영환 영태 영민 영선 영주 영숙 영심 영광 영국 영근 영미 영복 영훈 성철 성일 성민 성호
    성남 성희 성진 성길 성훈 성국 성혁 성옥 성룡 성수 성환 성택 성현 철수 철호 철민 철남 철만 철진
    철룡 철국 철혁 철준 철웅 철민 명철 명국 명수 명호 명희 명숙 명옥 명남 명일 명학 명룡 명록 광철
    광호 광수 광일 광남 광혁 광명 광진 광성 광식 금철 금희 금옥 금숙 금순 금성 금화 은희 은주 은경
    은정 은별 은혜 은심 은숙 은향 은아 은철 혜경 혜숙 혜란 혜영 혜정 혜진 혜옥 정숙 정희 정철 정호
    정남 정일 정민 정혁 정옥 정순 정훈 정화 정국 정근 정애 정란 정혜 정환 정식 정관 정천 경희 경철
    경호 경수 경숙 경옥 경일 경남 경애 경란 경택 경진 경화 경준 경식 국철 국성 국진 국태 국일 남철
    남수 남희 남일 남진 동철 동호 동수 동명 동혁 동일 동훈 동진 동건 동원 동순 룡해 룡남 룡철 룡수
    룡진 룡일 룡호 만수 만건 만철 미영 미경 미향 미화 미란 미숙 미옥 미선 민철 민수 민호 민혁 민준
    민정 민지 민아 병철 병호 병서 병수 병일 복순 복실 복남 봉주 봉남 봉철 봉학 상철 상호 상용 상원
    상일 상훈 상진 선희 선영 선옥 선녀 선경 선화 선미 설주 설희 설미 성애 송이 송월 송희 송미 수길
    수용 수진 수철 수정 수경 수영 수희 수련 수향 수민 수미 숙자 숙희 순희 순옥 순자 순녀 순영 순애
    순실 승철 승호 승일 승훈 승진 승민 애란 애경 양건 여사 연희 연옥 연주 연준 영림 옥순 옥희 옥주
    옥란 옥별 용원 용호 용철 용진 용수 용남 용일 우진 원홍 원철 월향 윤희 윤미 윤철 은순 인철 인호
    인수 인국 일국 일남 일철 일환 일선 일호 장엽 재룡 재일 재호 재철 재성 재명 재인 정각 종철 종수
    종호 종일 주애 주성 주혁 준호 준혁 준식 지영 지은 지혜 지훈 지현 지민 진희 진수 진철 진혁 진호
    진옥 진아 창남 창선 창섭 창호 창수 창식 창일 창혁 창국 창대 창옥 철림 춘희 춘삼 춘화 춘식 춘옥
    춘실 충일 충성 태성 태철 태종 태호 태복 태덕 태일 태영 평일 평해 하은 학철 학선 학수 학송 한솔
    해연 해룡 해영 해성 향미 향옥 향심 향란 혁철 현철 현옥 현희 현주 현수 현정 현숙 형준 형식 형철
    호철 호남 호성 화순 화숙 효심 훈철 희철 희숙 희영 희정 서연 서준 서현 예진 예은 유진 유미 지우
    지원 지수 길동 길성 길남 길수 근혜 근철 기남 기철 기호 기문 대성 대중 대호 덕훈 덕철 덕남 덕수
    격식 극렬 순신 중근 정남 현영 응길 응수 신혁 일심 죽순 천일 철해 두익 형묵 성산 평산 명도 계관
    석주 의춘 동연 태섭 순남 정순 승두 창봉 종학 보영 창하 영건 완수
    """
)

#: Two-syllable nouns that begin with a surname: with a suffix behind them they are no person.
NO_PERSON_STEMS = word_set(
    """
    이미 하지 문제 변수 정규 여성 구문 정의 양자 한정 권한 임의 변환 백성 조건 유용 선지 서식 연산
    여자 표현 고양 기술 전달 변경 공화 유일 문자 지원 조국 하나 선택 명령 반응 방식 허용 양식 송장
    최대 안전 최소 서명 유지 이상 이용 이해 이전 이동 이후 이유 이익 이분 이식 이민 이윤 이율 이정
    이주 이성 이론 이란 이자 이모 이기 이방 공유 문서 반복 차원 구원 전환 손실 주식 현대 안정 유연
    선언 전문 기록 하소 연구 노동 공산 최고 주소 고성 기준 강화 강제 강조 강연 강의 강도 강성 강대
    강반 강선 강철 조선 조정 조상 조명 조회 조인 조합 조치 조절 조용 조언 조직 전화 전기 전송 전세
    전국 전투 전방 전선 전략 전술 전자 전용 전진 전쟁 전통 전인 전반 전력 전례 정보 정치 정부 정상
    정세 정권 정신 정성 정전 정수 정도 정방 정확 정식 정원 정유 정책 정찰 정통 주인 주민 주체 주도
    주장 주요 주문 주석 주의 주제 주택 주권 주년 주말 주기 신문 신분 신호 신년 신앙 신흥 신상 신신
    신입 신형 신의 신보 신경 신용 고용 고려 고장 고정 고도 고등 고원 고유 고문 고위 고기 고급 고속
    고향 고객 문화 문명 문학 문장 문헌 문구 방송 방향 방문 방법 방어 방사 방위 반대 반동 반란 반미
    반제 반당 반도 반정 배신 배우 배급 배정 배치 배경 백두 백화 백만 백신 선전 선거 선수 선군 선진
    선물 선발 선생 선봉 선반 성분 성과 성능 성명 성공 성장 성원 성인 손님 손자 송금 송신 송전 심장
    심사 심리 심화 안보 안내 양국 양강 양심 양복 여론 여행 여권 연료 연설 연합 연대 연락 연도 연금
    연계 오늘 오전 오후 우리 우선 우수 우주 우상 우승 유엔 유전 유치 유통 유조 유공 유격 유명 유효
    임금 임시 임업 임무 임원 장관 장군 장교 장기 장사 장비 장애 장치 장소 장식 장성 진보 진행 진실
    진료 진정 차량 차관 차대 차별 차이 채소 채굴 천국 천문 천연 천리 최근 최신 최종 최초 하부 하급
    하전 한국 한반 한도 허가 허위 허용 현금 현실 현장 현지 현재 현상 홍보 황금 황해 황제 기업 기관
    기구 기념 기능 기본 기상 기억 기자 기지 기초 기회 길이 남녀 남조 남부 남북 노력 노인 구역 구호
    구조 구성 구분 구급 국가 국경 국방 국제 국영 국민 국회 국토 국군 국정 원료 원산 원수 원자 원장
    원칙 지도 지방 지하 지시 지식 지역 지구 지주 지배 지휘 지원 지정 지지 지질 민주 민족 민간 민생
    민중 민경 명절 명예 공장 공산 공화 공업 공연 공공 공급 공동 공민 공식 공군 공훈 공안 공채 석유
    석탄 석방 석고 옥수 마약 마을 마감 변호 변동 변화 변전 표준 표창 봉사 봉건 봉쇄 봉화 추천 추진
    추가 국산 함경 함대 계급 계획 계약 계층 계산 염소 태양 태풍 태권 태평 여군 려권 려관 려단 량강
    량정 량심 로동 로력 로인 로선 로임 리용 리익 리상 리론 리유 류통 류학 림업 림시 권력 권리 권위
    강원 강서 강산 강남 서해 서기 서민 서비 서부 서울 서방 황철 김치 박사 박물 박해 송유 홍수 홍색
    윤리 윤활 류행 류치 강하 강령 강인 강경 강건 강렬 강진 강요 권능 권세 권고 권장 맹세 맹렬 허다
    허하 허황 최선 송수 송배 황충 황토 황무 김장 김밥 박람 박애 박탈 림산 윤곽 홍역 홍삼 류산 곽란
    엄수 송편 송림 림목 허물 허공 허무 황급 황당 엄격 엄중 엄숙 엄연 엄두 허약 허리 최전 최후 최강
    최우 최정 하층 하수 하루 하늘 오염 오락 오해 유럽 유해 유도 유관 유리 유산 유족
    """
)

#: Words of three syllables that look like a person and are none.
NO_PERSON = word_set(
    """
    고구려 고령화 한라산 백령도 연평도 태권도 정성껏 조중우 정주영장 서남해 선남선 남선녀 오선지
    주기철도 김나는 백두산 장산곶 마식령 금수산 만수대 만경대 남산동 전연지 신흥동 신평동 조양천
    안해들 남남북 고진감 신진대 문민정 정월대 송이버 심학규뎐 현미경 공중전 천연두 유람선 문지기
    지중해 강아지 송아지 고양이 원숭이 기다림 차림표 민병대 유조선 우주선 태평양 태양열 황해도
    강원도 량강도 자강도 연안선 지평선 수평선 하현달 백일해 유치원 연예인 정유소 천문대 정양소
    조선소 정비소 연구소 주유소 현상금 지원금 기부금 송유관 방부제 풍년제 연회장 장례식 안식년
    신의주 정주시 원산시 문천시 강서군 조선옷 주체탑 개선문 남대문 동대문 서대문 광화문 숭례문
    백마강 임진강 예성강 남포항 청진항 흥남항 홍길동전 심청전 춘향전 반만년 구월산 칠보산 장수산
    남극해 지하철 선구자 한길사 심포지 문설주 고수준 방정식 원주민 선주민 허영심 선명도 진설병
    이재민 유목민 남보석 배수송 오지병 방범병 하사관 주기율 천연림 인공림 원시림 조지아 라이언
    리서치 한중일 여배우 남자애 한구석 노숙자 유부녀 천송이 한송이 백송이 우람찬 태국이 하도록
    남도록 오도록 기다린 기대린 차가운 허하신 지나칠 길수록 연달아 공평치 우연치 성실치 신실치
    하도람 여호람 성소년 남사당 고고학 기하학 고해상 신탁주 여기선 이래선 이중선 오보정 구해진
    정해진 전해진 남하선 지방선 전철선 하향식 상향식 고향집 여관방 조국애 동포애 동지애 인간애
    전우애 전초선 최전연 전문학 공훈국 고산병 심장병 정신병
    """
)

#: People of the North in its spelling, so that 이영길 is known to be Ri Yong Gil; also names of one
#: syllable, which no rule tells from nouns.
NORTHERN_PEOPLE = word_set(
    """
    리병철 리영길 리일환 리만건 리철만 리선권 리용호 리수용 리룡남 리창대 리영호 리명수 리태섭
    리창호 리을설 리룡하 리제강 리승엽 리승기 리일규 리춘히 리분희 리종옥 리근모 리홍섭 리재일
    리용무 리히용 리충길 리설주 림천일 림춘추 림광일 류미영 류경수 김일 최광 최현 서철 최휘 김책
    """
)

#: People whose names are printed in a way of their own; North and South spellings are one.
PEOPLE = {
    "김일성": "Kim Il Sung", "김정일": "Kim Jong Il", "김정은": "Kim Jong Un",
    "김여정": "Kim Yo Jong", "김주애": "Kim Ju Ae", "리설주": "Ri Sol Ju",
    "김정숙": "Kim Jong Suk", "김경희": "Kim Kyong Hui", "김정철": "Kim Jong Chol",
    "김한솔": "Kim Han Sol", "김책": "Kim Chaek", "김형직": "Kim Hyong Jik",
    "강반석": "Kang Pan Sok", "김평일": "Kim Phyong Il", "김형권": "Kim Hyong Gwon",
    "최휘": "Choe Hwi", "김성": "Kim Song", "현학봉": "Hyon Hak Bong", "고용희": "Ko Yong Hui",
    "고영희": "Ko Yong Hui", "성혜림": "Song Hye Rim", "김옥": "Kim Ok", "김두봉": "Kim Tu Bong",
    "박헌영": "Pak Hon-yong", "허담": "Ho Tam", "허종": "Ho Jong", "자성남": "Ja Song Nam",
    "황장엽": "Hwang Jang Yop", "태영호": "Thae Yong Ho", "주성하": "Joo Seong-ha",
    "신동혁": "Shin Dong-hyuk", "박연미": "Park Yeon-mi", "지성호": "Ji Seong-ho",
    "이승만": "Syngman Rhee", "박정희": "Park Chung-hee", "최규하": "Choi Kyu-hah",
    "윤보선": "Yun Posun", "전두환": "Chun Doo-hwan", "노태우": "Roh Tae-woo",
    "김영삼": "Kim Young-sam", "김대중": "Kim Dae-jung", "노무현": "Roh Moo-hyun",
    "이명박": "Lee Myung-bak", "박근혜": "Park Geun-hye", "문재인": "Moon Jae-in",
    "윤석열": "Yoon Suk Yeol", "이재명": "Lee Jae-myung", "한덕수": "Han Duck-soo",
    "최상목": "Choi Sang-mok", "반기문": "Ban Ki-moon", "강경화": "Kang Kyung-wha",
    "정의용": "Chung Eui-yong", "조명균": "Cho Myoung-gyon", "이인영": "Lee In-young",
    "권영세": "Kwon Young-se", "김영호": "Kim Yung-ho", "박진": "Park Jin",
    "조태열": "Cho Tae-yul", "조태용": "Cho Tae-yong", "신원식": "Shin Won-sik",
    "이도훈": "Lee Do-hoon", "정동영": "Chung Dong-young", "이종석": "Lee Jong-seok",
    "임동원": "Lim Dong-won", "박지원": "Park Jie-won", "안철수": "Ahn Cheol-soo",
    "홍준표": "Hong Joon-pyo", "이낙연": "Lee Nak-yon", "정세균": "Chung Sye-kyun",
    "김부겸": "Kim Boo-kyum", "임종석": "Im Jong-seok", "정몽헌": "Chung Mong-hun",
    "정주영": "Chung Ju-yung", "현정은": "Hyun Jeong-eun", "이건희": "Lee Kun-hee",
    "이재용": "Lee Jae-yong", "이회창": "Lee Hoi-chang", "안중근": "Ahn Jung-geun",
    "안창호": "Ahn Chang-ho", "김구": "Kim Ku", "여운형": "Lyuh Woon-hyung",
    "조만식": "Cho Man-sik", "유관순": "Yu Gwan-sun", "윤동주": "Yun Dong-ju",
    "이순신": "Yi Sun-sin", "이성계": "Yi Seong-gye", "손흥민": "Son Heung-min",
    "김연아": "Kim Yuna", "봉준호": "Bong Joon-ho", "박찬욱": "Park Chan-wook",
    "송강호": "Song Kang-ho", "조용필": "Cho Yong-pil", "박지성": "Park Ji-sung",
    "백남준": "Nam June Paik", "신상옥": "Shin Sang-ok", "최은희": "Choi Eun-hee",
    "황석영": "Hwang Sok-yong", "백석": "Baek Seok", "세종대왕": "King Sejong the Great",
    "왕건": "Wang Kon", "궁예": "Gung Ye", "홍범도": "Hong Beom-do", "홍길동": "Hong Gil-dong",
}  # fmt: skip
