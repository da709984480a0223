"""Places: established English spellings, provinces, generic parts of names. Data only.

Keys are spelled as in the North where the two spellings differ (라선, 룡천); look-ups try both.
"""

from __future__ import annotations

from tm.terms.lexicon import word_set


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


#: Provinces, without direction and without "Province".
PROVINCES = {
    "함경": "Hamgyong", "평안": "Pyongan", "황해": "Hwanghae", "자강": "Jagang",
    "량강": "Ryanggang", "양강": "Ryanggang", "강원": "Kangwon", "경기": "Gyeonggi",
    "경상": "Gyeongsang", "전라": "Jeolla", "충청": "Chungcheong", "제주": "Jeju",
}  # fmt: skip

#: What newspapers shorten a province to.
SHORT_PROVINCES = {
    "함북": "함경북도", "함남": "함경남도", "평북": "평안북도", "평남": "평안남도",
    "황북": "황해북도", "황남": "황해남도", "경북": "경상북도", "경남": "경상남도",
    "전북": "전라북도", "전남": "전라남도", "충북": "충청북도", "충남": "충청남도",
}  # fmt: skip

_NORTH = _pairs(
    """
    평양 Pyongyang 평성 Pyongsong 순천 Sunchon 덕천 Tokchon 개천 Kaechon 안주 Anju 남포 Nampo
    대동 Taedong 증산 Jungsan 온천 Onchon 룡강 Ryonggang 평원 Pyongwon 숙천 Sukchon 문덕 Mundok
    성천 Songchon 신양 Sinyang 양덕 Yangdok 맹산 Maengsan 회창 Hoechang 북창 Pukchang 대흥 Taehung
    녕원 Nyongwon 은산 Unsan 대안 Taean 강서 Kangso 청남 Chongnam 득장 Tukjang 상원 Sangwon
    승호 Sungho 중화 Junghwa 강동 Kangdong 신의주 Sinuiju 구성 Kusong 정주 Jongju 의주 Uiju
    피현 Pihyon 룡천 Ryongchon 염주 Yomju 철산 Cholsan 동림 Tongrim 선천 Sonchon 곽산 Kwaksan
    운전 Unjon 박천 Pakchon 녕변 Yongbyon 영변 Yongbyon 구장 Kujang 향산 Hyangsan 운산 Unsan
    태천 Taechon 천마 Chonma 대관 Taegwan 삭주 Sakju 창성 Changsong 동창 Tongchang 벽동 Pyoktong
    신도 Sindo 강계 Kanggye 만포 Manpo 희천 Huichon 초산 Chosan 고풍 Kopung 송원 Songwon 우시 Usi
    자성 Jasong 중강 Junggang 화평 Hwapyong 랑림 Rangrim 장강 Janggang 성간 Songgan 전천 Jonchon
    룡림 Ryongrim 동신 Tongsin 시중 Sijung 위원 Wiwon 혜산 Hyesan 삼지연 Samjiyon 보천 Pochon
    보천보 Pochonbo 백암 Paegam 대홍단 Taehongdan 운흥 Unhung 갑산 Kapsan 풍서 Pungso 삼수 Samsu
    김정숙군 Kimjongsuk_County 김형직군 Kimhyongjik_County 김형권군 Kimhyonggwon_County
    청진 Chongjin 김책 Kimchaek 회령 Hoeryong 경성 Kyongsong 길주 Kilju 명천 Myongchon
    명간 Myonggan 화대 Hwadae 어랑 Orang 화성 Hwasong 부령 Puryong 무산 Musan 연사 Yonsa
    온성 Onsong 새별군 Saebyol_County 경원 Kyongwon 은덕 Undok 경흥 Kyonghung 라선 Rason
    라진 Rajin 선봉 Sonbong 함흥 Hamhung 신포 Sinpo 단천 Tanchon 함주 Hamju 정평 Jongpyong
    금야 Kumya 요덕 Yodok 수동 Sudong 영광 Yonggwang 신흥 Sinhung 부전 Pujon 장진 Jangjin
    락원 Ragwon 홍원 Hongwon 북청 Pukchong 덕성 Toksong 리원 Riwon 허천 Hochon 금호 Kumho
    흥남 Hungnam 원산 Wonsan 문천 Munchon 안변 Anbyon 통천 Tongchon 고산 Kosan 회양 Hoeyang
    창도 Changdo 김화 Kimhwa 평강 Pyonggang 판교 Pangyo 법동 Poptong 천내 Chonnae 세포 Sepo
    사리원 Sariwon 송림 Songrim 개성 Kaesong 황주 Hwangju 연탄 Yontan 봉산 Pongsan 은파 Unpa
    린산 Rinsan 서흥 Sohung 수안 Suan 연산 Yonsan 신평 Sinpyong 곡산 Koksan 신계 Singye 토산 Tosan
    금천 Kumchon 평산 Pyongsan 장풍 Jangpung 개풍 Kaepung 판문 Panmun 해주 Haeju 벽성 Pyoksong
    강령 Kangryong 룡연 Ryongyon 태탄 Taetan 장연 Jangyon 삼천 Samchon 송화 Songhwa 과일 Kwail
    은률 Unryul 은율 Unryul 은천 Unchon 안악 Anak 신천 Sinchon 재령 Jaeryong 신원 Sinwon
    봉천 Pongchon 배천 Paechon 청단 Chongdan 연안 Yonan 종성 Jongsong 남양 Namyang 삼봉 Sambong
    라남 Ranam 판문점 Panmunjom 풍계리 Punggye-ri 동창리 Tongchang-ri 영저리 Yongjo-ri
    신오리 Sino-ri 금창리 Kumchang-ri 전거리 Jongo-ri 아오지 Aoji 무수단 Musudan 마식령 Masikryong
    만경대 Mangyongdae 만수대 Mansudae 금수산 Kumsusan 모란봉 Moranbong 대성산 Mount_Taesong
    갈마 Kalma 수풍 Supung 부전 Pujon 검덕 Komdok 룡양 Ryongyang 서두수 Sodusu 서해 Sohae
    개마 Kaema 강선 Kangson 천리마 Chollima 평천 Pyongchon 보통강 Pothonggang 서성 Sosong
    선교 Songyo 동대원 Tongdaewon 사동 Sadong 형제산 Hyongjesan 룡성 Ryongsong 삼석 Samsok
    력포 Ryokpo 락랑 Rakrang 순안 Sunan 은정 Unjong 와우도 Waudo 송평 Songpyong 청암 Chongam
    신암 Sinam 수남 Sunam 부윤 Puyun 성천강 Songchongang 회상 Hoesang 흥덕 Hungdok 사포 Sapo
    동흥산 Tonghungsan 위연 Wiyon 릉라 Rungra 릉라도 Rungra_Island 양각도 Yanggak_Island
    쑥섬 Ssuk_Island 위화도 Wihwa_Island 황금평 Hwanggumpyong 비단섬 Pidan_Island 류경 Ryugyong
    려명거리 Ryomyong_Street 미래과학자거리 Mirae_Scientists_Street 창전거리 Changjon_Street
    송신 Songsin 송화거리 Songhwa_Street 보통문 Pothong_Gate 주체사상탑 Juche_Tower
    개선문 Arch_of_Triumph 김일성광장 Kim_Il_Sung_Square 금수산태양궁전 Kumsusan_Palace_of_the_Sun
    만수대언덕 Mansu_Hill
    """
)
_PHYSICAL = _pairs(
    """
    금강산 Mount_Kumgang 백두산 Mount_Paektu 묘향산 Mount_Myohyang 칠보산 Mount_Chilbo
    구월산 Mount_Kuwol 룡악산 Mount_Ryongak 만탑산 Mount_Mantap 정방산 Mount_Jongbang
    장수산 Mount_Jangsu 송악산 Mount_Songak 수양산 Mount_Suyang 오가산 Mount_Oga
    오성산 Mount_Osong 멸악산 Mount_Myorak 관모봉 Kwanmo_Peak 장군봉 Janggun_Peak
    정일봉 Jong_Il_Peak 신미도 Sinmi_Island 다사도 Tasa_Island 려도 Ryo_Island
    창린도 Changrin_Island 알섬 Al_Island 장진호 Lake_Jangjin 부전호 Lake_Pujon 수풍호 Lake_Supung
    연풍호 Lake_Yonpung 시중호 Lake_Sijung 철령 Chol_Pass 천지 Lake_Chon 압록강 Yalu_River
    두만강 Tumen_River 대동강 Taedong_River 청천강 Chongchon_River 례성강 Ryesong_River
    림진강 Imjin_River 재령강 Jaeryong_River 장자강 Jangja_River 성천강 Songchon_River
    장진강 Jangjin_River 허천강 Hochon_River 부전강 Pujon_River 서두수 Sodusu_River 한강 Han_River
    락동강 Nakdong_River 북한강 Bukhan_River 남한강 Namhan_River 영산강 Yeongsan_River
    섬진강 Seomjin_River 소양강 Soyang_River 송화강 Songhua_River 개마고원 Kaema_Plateau
    서한만 Korea_Bay 동한만 East_Korea_Bay 락동 Nakdong 백령도 Baengnyeong_Island
    연평도 Yeonpyeong_Island 대청도 Daecheong_Island 소청도 Socheong_Island 강화도 Ganghwa_Island
    교동도 Gyodong_Island 영종도 Yeongjong_Island 거제도 Geoje_Island 초도 Cho_Island
    마양도 Mayang_Island 한반도 Korean_Peninsula 조선반도 Korean_Peninsula
    비무장지대 Demilitarized_Zone 군사분계선 Military_Demarcation_Line
    북방한계선 Northern_Limit_Line
    """
)
_STATES = _pairs(
    """
    북한 North_Korea 북조선 North_Korea 남한 South_Korea 남조선 South_Korea 조선 Korea
    한국 South_Korea 대한민국 Republic_of_Korea
    조선민주주의인민공화국 Democratic_People's_Republic_of_Korea 서울 Seoul 제주도 Jeju_Province
    울릉도 Ulleungdo 독도 Dokdo
    """
)
# The South's great cities, told from places of the North before all rules.
_SOUTH = _pairs(
    """
    부산 Busan 인천 Incheon 대구 Daegu 대전 Daejeon 광주 Gwangju 울산 Ulsan 파주 Paju
    한라산 Hallasan 세종 Sejong 수원 Suwon 제주 Jeju 강릉 Gangneung
    """
)
_ABROAD = _pairs(
    """
    단둥 Dandong 단동 Dandong 선양 Shenyang 심양 Shenyang 옌지 Yanji 연길 Yanji 연변 Yanbian
    옌볜 Yanbian 창바이 Changbai 장백 Changbai 훈춘 Hunchun 투먼 Tumen 도문 Tumen 룽징 Longjing
    룡정 Longjing 허룽 Helong 화룡 Helong 지안 Ji'an 집안 Ji'an 린장 Linjiang 림강 Linjiang
    싼허 Sanhe 삼합 Sanhe 지린 Jilin 길림 Jilin 랴오닝 Liaoning 료녕 Liaoning
    헤이룽장 Heilongjiang 흑룡강 Heilongjiang 다롄 Dalian 대련 Dalian 창춘 Changchun
    장춘 Changchun 하얼빈 Harbin 베이징 Beijing 북경 Beijing 상하이 Shanghai 상해 Shanghai
    도쿄 Tokyo 오사카 Osaka 블라디보스토크 Vladivostok 하산 Khasan 모스크바 Moscow
    하바롭스크 Khabarovsk 하노이 Hanoi 싱가포르 Singapore 워싱턴 Washington
    """
)

# Places of the North whose name is also a word: 위원 member, 온천 hot spring, 과일 fruit.
_NEED_A_UNIT = word_set(
    """
    위원 상원 운전 연산 세포 신도 회상 구장 신원 리원 대안 고산 시중 장강 화평 동신 동창 대관
    영광 신흥 수동 정평 부전 락원 덕성 서흥 은파 수안 신평 금천 신계 삼천 송화 과일 은천 신천 봉천
    연탄 대흥 대동 증산 온천 강서 중화 강동 연사 은덕 선교 사동 사포 신암 수남 은정 청남 천마 초산
    삼수 통천 창도 황주 연안 은산 토산 금호 운산 송신 고원
    서해 판교 대성
    """
)

#: Places, with "County" and the like left to the suffix.
PLACES = {
    korean: english.replace("_", " ")
    for korean, english in (_NORTH | _PHYSICAL | _STATES | _SOUTH | _ABROAD).items()
    if korean not in _NEED_A_UNIT
}

#: Places that are one only with their unit: 위원군, 온천읍.
UNIT_PLACES = {korean: english for korean, english in _NORTH.items() if korean in _NEED_A_UNIT}

#: Names of the South, whose spelling follows the Revised Romanisation.
SOUTHERN = word_set(
    """
    가평 강화 고성 괴산 군위 기장 단양 달성 무주 부안 부여 순창 양구 양양 연천 영월 예산 옹진 완주
    울릉 울주 음성 의령 인제 장수 정선 진안 진천 창녕 철원 청도 태안 평창 하동 함안 함양 합천 홍성
    홍천 화순 화천 횡성 서울 부산 인천 대구 대전 광주 울산 세종 수원 성남 고양 용인 부천 안산 안양
    남양주 화성 평택 의정부 시흥 파주 광명 김포 군포 이천 오산 하남 양주 구리 안성 포천 의왕 여주
    동두천 과천 양평 춘천 원주 강릉 동해 태백 속초 삼척 청주 충주 제천 보은 옥천 영동 증평 천안
    공주 보령 아산 서산 논산 계룡 당진 금산 서천 청양 전주 군산 익산 정읍 남원 김제 임실 고창 목포
    여수 나주 광양 담양 곡성 구례 고흥 보성 장흥 강진 해남 영암 무안 함평 영광 장성 완도 진도 신안
    포항 경주 김천 안동 구미 영주 영천 상주 문경 경산 의성 청송 영양 영덕 고령 성주 칠곡 예천 봉화
    울진 창원 진주 통영 사천 김해 밀양 거제 양산 남해 산청 거창 제주 서귀포 종로 용산 성동 광진
    동대문 중랑 성북 강북 도봉 노원 은평 서대문 마포 양천 강서 구로 금천 영등포 동작 관악 서초
    강남 송파 강동 해운대 연제 수영 사상 분당 일산 판교 미추홀 연수 부평 계양 을지로 세종로 퇴계로
    명동 이태원 홍대 신촌 압구정 왕십리 청담 여의도 잠실 독립문 남대문 광화문 숭례문 흥인지문
    경복궁 창덕궁 창경궁 덕수궁 경희궁 종묘 불국사 석굴암 해인사 조계사 화엄사 통도사 안압지
    첨성대 촉석루 극락전 무량수전 다보탑 오죽헌 현충사 남한산성 화랑대 반구대 거북선 낙성대 팔당
    죽변 묵호 별내 백암 학여울 월곶 합덕 호법 합정 임진각 도라산 독도 울릉도 흑산도 진도 완도 동해
    인왕 당산 봉천 신창 한라산 지리산 설악산 속리산 북한산 남산 관악산 도봉산 계룡산 오대산 태백산
    소백산 팔공산 무등산 내장산 덕유산 가야산 치악산 월악산 인왕산 청계산 수락산 불암산 마니산
    낙산 감악산 대관령 추풍령 한계령 미시령 월드컵로 테헤란로
    """
)

#: Cities of the North that share their name with a place of the South.
NORTHERN_CITIES = word_set("순천 정주 구성 안주")

#: Administrative units: the English word, or a Latin syllable with a hyphen. "" leaves it out.
UNITS = {
    "특별시": "", "직할시": "", "광역시": "", "특급시": "", "시": "", "군": "County",
    "구역": "District", "구": "District", "읍": "-up", "로동자구": "Workers' District",
    "노동자구": "Workers' District", "면": "-myon", "리": "-ri", "동": "-dong",
}  # fmt: skip

#: Units with the spelling they have in the South.
SOUTHERN_UNITS = {"구": "District", "읍": "-eup", "면": "-myeon"}

#: What kind of thing a name names: its last part, in English. Longer ones are tried first.
GENERICS = {
    "역": "Station", "항": "Port", "강": "River", "산": "Mountain", "호": "Lake {}",
    "섬": "Island", "만": "Bay", "반도": "Peninsula", "고원": "Plateau", "평야": "Plain",
    "벌": "Plain", "산맥": "Mountains", "령": "Pass", "고개": "Pass", "저수지": "Reservoir",
    "댐": "Dam", "언제": "Dam", "다리": "Bridge", "대교": "Bridge", "철교": "Railway Bridge",
    "거리": "Street", "광장": "Square", "공원": "Park", "유원지": "Recreation Park",
    "광산": "Mine", "탄광": "Coal Mine", "금광": "Gold Mine", "발전소": "Power Station",
    "화력발전소": "Thermal Power Station", "수력발전소": "Hydropower Station",
    "화력발전련합기업소": "Thermal Power Complex", "공장": "Factory", "련합기업소": "Complex",
    "기업소": "Enterprise", "제철소": "Steelworks", "제강소": "Steelworks", "제련소": "Smelter",
    "제철련합기업소": "Iron and Steel Complex", "제강련합기업소": "Steel Complex",
    "탄광련합기업소": "Coal Mining Complex", "광업련합기업소": "Mining Complex",
    "광산련합기업소": "Mining Complex", "종합기업소": "Enterprise", "조선소": "Shipyard",
    "농장": "Farm", "협동농장": "Cooperative Farm", "목장": "Ranch", "양어장": "Fish Farm",
    "과수원": "Orchard", "호텔": "Hotel", "려관": "Inn", "식당": "Restaurant",
    "백화점": "Department Store", "시장": "Market", "장마당": "Market", "종합시장": "Market",
    "상점": "Shop", "세관": "Customs House", "공항": "Airport", "비행장": "Airfield",
    "국제비행장": "International Airport", "국제공항": "International Airport",
    "대학": "University", "종합대학": "University", "의학대학": "University of Medicine",
    "사범대학": "University of Education", "공업대학": "University of Technology",
    "공업종합대학": "University of Technology", "고급중학교": "High School",
    "초급중학교": "Middle School", "중학교": "Middle School", "소학교": "Primary School",
    "혁명학원": "Revolutionary School", "병원": "Hospital", "인민병원": "People's Hospital",
    "산원": "Maternity Hospital", "교화소": "Reeducation Camp", "관리소": "Political Prison Camp",
    "스키장": "Ski Resort", "온천": "Hot Spring", "극장": "Theater", "대극장": "Grand Theater",
    "경기장": "Stadium", "박물관": "Museum", "악단": "Band", "공단": "Industrial Complex",
    "공업지구": "Industrial Complex", "관광지구": "Tourist Zone",
    "경제특구": "Special Economic Zone", "경제무역지대": "Economic and Trade Zone",
    "경제개발구": "Economic Development Zone", "해안관광지구": "Coastal Tourist Zone",
    "위성발사장": "Satellite Launching Station", "핵시험장": "Nuclear Test Site",
    "핵실험장": "Nuclear Test Site", "전망대": "Observatory",
}  # fmt: skip

#: Kinds of which any name that is no common noun is believed: 황강댐, 광복거리.
SURE_GENERICS = word_set("댐 거리 반도 산맥 탄광 광산 비행장 저수지 호텔 발전소 협동농장")

#: Kinds that make a place of what else needs a unit: 수남시장, 온천역, but 과일공장 fruit factory.
LOCAL_GENERICS = SURE_GENERICS | {"역", "항", "교화소", "위성발사장", "시장", "장마당"}

#: What may stand between a place and the kind: 청진화학섬유공장 Chongjin Chemical Textile Factory.
MODIFIERS = {
    "화학": "Chemical", "섬유": "Textile", "방직": "Textile", "신발": "Shoe", "구두": "Shoe",
    "식품": "Food", "의약품": "Pharmaceutical", "양말": "Hosiery", "제지": "Paper",
    "강철": "Steel", "농기계": "Farm Machinery", "전기": "Electric", "정유": "Oil Refining",
    "염전": "Salt", "수산": "Fishery", "목재": "Timber", "식료": "Foodstuff",
    "제약": "Pharmaceutical", "기계": "Machine", "공작기계": "Machine Tool", "세멘트": "Cement",
    "시멘트": "Cement", "비료": "Fertilizer", "린비료": "Phosphatic Fertilizer",
    "우라늄": "Uranium", "중기계": "Heavy Machine", "영웅": "Hero", "온실": "Greenhouse",
    "타이어": "Tire", "다이야": "Tire", "제사": "Silk", "닭": "Chicken", "돼지": "Pig",
    "메기": "Catfish", "청년": "Youth", "군민": "Army-People", "트랙터": "Tractor",
    "뜨락또르": "Tractor", "자동차": "Motor Vehicle", "유리": "Glass", "담배": "Tobacco",
    "맥주": "Beer", "피복": "Clothing", "가방": "Bag", "화장품": "Cosmetics", "제1": "No. 1",
    "제2": "No. 2",
}  # fmt: skip

#: Common words that stand before a generic part without being a place: 인민군, 장군, 화력발전소.
NO_PLACE = word_set(
    """
    인민 화력 수력 원자력 풍력 태양광 조력 지방 중앙 대형 소형 국영 협동 국제 종합 자동차 후보
    농민 아군 적군 해군 공군 육군 우군 장군 국군 강군 대군 인민해방 의용 독립 의병 연합 련합 동맹
    혁명 위험 금지 관할 담당 제한 해당 부동 밤 앞 뒤 길 먹 놀 작업 사업 출입 통제 비무장 공동경비
    주거 산업 경비 보호 우선 점령 해방 특별 보안 예비 지원 선발 정예 주둔 미군 증원 상비 정규 반란
    십자 야전 로마 일본 중국 소련 러시아 미국 영국 개선 현대 고려
    """
)

#: Words that end in 리 or 동 without being a village or a ward: their last two syllables.
NO_VILLAGE = word_set(
    """
    관리 처리 정리 승리 논리 분리 금리 총리 심리 원리 진리 권리 수리 의리 윤리 물리 대리 요리 거리
    소리 머리 다리 자리 허리 꼬리 고리 파리 유리 조리 경리 섭리 도리 이리 무리 우리 마리 보리 오리
    나리 추리 편리 비리 법리 생리 음리 격리 교리 지리 순리 합리 누리 뿌리 빨리 멀리 널리 달리 일리
    만리 천리 십리 백리 유인 굴리 둘리 노동 로동 운동 활동 행동 감동 이동 변동 작동 충동 진동 자동
    수동 구동 협동 공동 합동 연동 가동 시동 소동 아동 파동 난동 중동 극동 반동 출동 기동 선동 동동
    생동 유동 격동 요동 준동 제동 태동 관동 영동 하동 약동 거동 발동
    """
)
