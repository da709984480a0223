"""Names with an established English spelling that no romanisation rule gives. Data only."""

from __future__ import annotations

from tm.terms.lexicon import word_set

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
}  # fmt: skip

#: Syllables that are common in given names; three-syllable words of others are no person.
GIVEN_SYLLABLES = frozenset(
    "가강건경고관광구국권규균근금기길나남녀년능다달대덕도동두란람래려련렬령례록룡률륜린림만명모묵"
    "문미민방배백범병보복봉부분빈산삼상서석선설섭성세소손송수숙순술숭승식신실심아안애양억언연열엽"
    "영예옥완요용우욱운웅원월유윤율은을응의이익인일임자장재전정제조종주준중지진찬창채천철초춘충치"
    "칠탁태택평표풍필하학한해향헌혁현협형혜호홍화환황회효후훈휘흥희"
)

#: People whose names are printed in a way of their own.
PEOPLE = {
    "김일성": "Kim Il Sung", "김정일": "Kim Jong Il", "김정은": "Kim Jong Un",
    "김여정": "Kim Yo Jong", "김주애": "Kim Ju Ae", "리설주": "Ri Sol Ju",
    "김정숙": "Kim Jong Suk", "이승만": "Syngman Rhee", "박정희": "Park Chung-hee",
    "전두환": "Chun Doo-hwan", "노태우": "Roh Tae-woo", "김영삼": "Kim Young-sam",
    "김대중": "Kim Dae-jung", "노무현": "Roh Moo-hyun", "이명박": "Lee Myung-bak",
    "박근혜": "Park Geun-hye", "문재인": "Moon Jae-in", "윤석열": "Yoon Suk Yeol",
    "이재명": "Lee Jae-myung", "반기문": "Ban Ki-moon", "황장엽": "Hwang Jang Yop",
    "태영호": "Thae Yong Ho",
}  # fmt: skip

#: Provinces, without direction and without "Province".
PROVINCES = {
    "함경": "Hamgyong", "평안": "Pyongan", "황해": "Hwanghae", "자강": "Jagang",
    "량강": "Ryanggang", "양강": "Ryanggang", "강원": "Kangwon", "경기": "Gyeonggi",
    "경상": "Gyeongsang", "전라": "Jeolla", "충청": "Chungcheong", "제주": "Jeju",
}  # fmt: skip

#: Places, with "County" and the like left to the suffix.
PLACES = {
    "북한": "North Korea", "남한": "South Korea", "조선": "Korea", "한국": "South Korea",
    "평양": "Pyongyang", "평성": "Pyongsong", "남포": "Nampo", "개성": "Kaesong",
    "청진": "Chongjin", "함흥": "Hamhung", "원산": "Wonsan", "신의주": "Sinuiju",
    "혜산": "Hyesan", "강계": "Kanggye", "해주": "Haeju", "사리원": "Sariwon", "무산": "Musan",
    "회령": "Hoeryong", "온성": "Onsong", "나선": "Rason", "라선": "Rason", "나진": "Rajin",
    "라진": "Rajin", "선봉": "Sonbong", "김책": "Kimchaek", "단천": "Tanchon", "길주": "Kilju",
    "경성": "Kyongsong", "경원": "Kyongwon", "덕천": "Tokchon", "순천": "Sunchon", "안주": "Anju",
    "정주": "Jongju", "구성": "Kusong", "희천": "Huichon", "만포": "Manpo", "송림": "Songrim",
    "문천": "Munchon", "영변": "Yongbyon", "녕변": "Yongbyon", "풍계리": "Punggye-ri",
    "동창리": "Tongchang-ri", "판문점": "Panmunjom", "금강산": "Mount Kumgang",
    "백두산": "Mount Paektu", "묘향산": "Mount Myohyang", "압록강": "Yalu River",
    "두만강": "Tumen River", "대동강": "Taedong River", "서울": "Seoul", "부산": "Busan",
    "인천": "Incheon", "대구": "Daegu", "대전": "Daejeon", "광주": "Gwangju", "울산": "Ulsan",
    "파주": "Paju", "한라산": "Hallasan", "단둥": "Dandong", "선양": "Shenyang", "옌지": "Yanji",
    "연길": "Yanji", "연변": "Yanbian", "창바이": "Changbai", "훈춘": "Hunchun",
    "베이징": "Beijing", "블라디보스토크": "Vladivostok",
}  # fmt: skip

#: Counties of the South; their spelling follows the Revised Romanisation.
SOUTHERN = word_set(
    """
    가평 강화 고성 괴산 기장 단양 달성 무주 부안 부여 순창 양구 양양 연천 영월
    예산 옹진 완주 울릉 울주 음성 의령 인제 장수 정선 진안 진천 창녕 철원 청도
    태안 평창 하동 함안 함양 합천 홍성 홍천 화순 화천 횡성
    """
)
