"""Words and bodies whose English spelling is established, whatever the rules say. Data only."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {korean: english.replace("_", " ") for korean, english in pairs}


#: Words of the North, and of Korean life, that English texts have as they are.
WORDS = _pairs(
    """
    돈주 donju 장마당 jangmadang 보위부 bowibu 보위원 bowiwon 안전부 anjeonbu 안전원 anjeonwon
    보안원 boanwon 선군 songun 선군정치 songun_politics 성분 songbun 꽃제비 kotjebi 주체 juche
    주체사상 juche_ideology 천리마 chollima 만리마 mallima 수령 suryong 유일사상 yuil_sasang
    인민반 inminban 관리소 kwanliso 교화소 kyohwaso 집결소 jipkyulso 구류장 kuryujang
    로동단련대 rodong_danryondae 병진 byungjin 병진로선 byungjin_line 총화 chonghwa 빙두 bingdu
    달리기 dalligi 기쁨조 kippumjo 주체년호 Juche_year 강성대국 kangsong_taeguk 한글 Hangul
    조선글 Chosongul 김치 kimchi 태권도 taekwondo 재벌 chaebol 막걸리 makgeolli 소주 soju
    아리랑 Arirang 온돌 ondol 한복 hanbok 조선옷 chosonot 한류 hallyu 비빔밥 bibimbap
    불고기 bulgogi 떡볶이 tteokbokki 김밥 gimbap 고추장 gochujang 된장 doenjang 인삼 insam
    추석 Chuseok 설날 Seollal 판소리 pansori 시조 sijo 양반 yangban 화병 hwabyung 눈치 nunchi
    오빠 oppa 언니 unnie 갑질 gapjil 학원 hagwon 전세 jeonse 먹방 mukbang 케이팝 K-pop 원 won
    동학 Donghak 창씨개명 changssi-gaemyeong 신라 Silla 백제 Baekje 고구려 Goguryeo 고려 Goryeo
    발해 Balhae 가야 Gaya 고조선 Gojoseon 단군 Dangun 화성 Hwasong 북극성 Pukguksong 은하 Unha
    광명성 Kwangmyongsong 대포동 Taepodong 무수단 Musudan 천리마운동 Chollima_Movement
    만리마운동 Mallima_Movement
    """
)

#: Bodies, papers and works whose English name keeps Korean words.
ORGANISATIONS = _pairs(
    """
    로동신문 Rodong_Sinmun 민주조선 Minju_Joson 청년전위 Chongnyon_Jonwi 조선신보 Choson_Sinbo
    우리민족끼리 Uriminzokkiri 메아리 Meari 통일신보 Tongil_Sinbo 평양신문 Pyongyang_Sinmun
    려명 Ryomyong 조선의오늘 DPRK_Today 고려항공 Air_Koryo 고려호텔 Koryo_Hotel
    류경호텔 Ryugyong_Hotel 옥류관 Okryugwan 조선중앙통신 Korean_Central_News_Agency
    조선로동당 Workers'_Party_of_Korea 개성공단 Kaesong_Industrial_Complex
    개성공업지구 Kaesong_Industrial_Complex 개성공업단지 Kaesong_Industrial_Complex
    김일성종합대학 Kim_Il_Sung_University 김책공업종합대학 Kim_Chaek_University_of_Technology
    김형직사범대학 Kim_Hyong_Jik_University_of_Education
    김원균명칭음악종합대학 Kim_Won_Gyun_University_of_Music
    김일성군사종합대학 Kim_Il_Sung_Military_University 김정숙탁아소 Kim_Jong_Suk_Nursery
    모란봉악단 Moranbong_Band 보천보전자악단 Pochonbo_Electronic_Ensemble
    은하수관현악단 Unhasu_Orchestra 왕재산경음악단 Wangjaesan_Light_Music_Band
    삼지연관현악단 Samjiyon_Orchestra 청봉악단 Chongbong_Band 만수대창작사 Mansudae_Art_Studio
    만수대예술극장 Mansudae_Art_Theater 만수대의사당 Mansudae_Assembly_Hall
    만경대혁명학원 Mangyongdae_Revolutionary_School
    강반석혁명학원 Kang_Pan_Sok_Revolutionary_School
    김책제철련합기업소 Kim_Chaek_Iron_and_Steel_Complex
    황해제철련합기업소 Hwanghae_Iron_and_Steel_Complex 천리마제강련합기업소 Chollima_Steel_Complex
    성진제강련합기업소 Songjin_Steel_Complex 2.8비날론련합기업소 February_8_Vinalon_Complex
    승리자동차련합기업소 Sungri_Motor_Complex 총련 Chongryon 조총련 Chongryon 민단 Mindan
    데일리NK Daily_NK 조선일보 Chosun_Ilbo 중앙일보 JoongAng_Ilbo 동아일보 Dong-A_Ilbo
    한겨레 Hankyoreh 경향신문 Kyunghyang_Shinmun 한국일보 Hankook_Ilbo
    매일경제 Maeil_Business_Newspaper 연합뉴스 Yonhap_News_Agency 청와대 Blue_House
    국정원 National_Intelligence_Service 삼성 Samsung 현대아산 Hyundai_Asan
    연세대 Yonsei_University 고려대 Korea_University 이화여대 Ewha_Womans_University
    서울대 Seoul_National_University 조계종 Jogye_Order 천도교 Cheondogyo
    천도교청우당 Chondoist_Chongu_Party
    """
)
