"""Words that say the opposite of each other, as data.

Each line holds one opposition: words of one side, a colon, words of the other. A Korean word in 다
is a verb or an adjective and stands for all its forms; another one is a noun, also with particles,
in compounds and before 하다, 되다, 시키다 (증가 is in 증가했다 and in 증가세). A word with a
question mark has other senses too (내리다: a price falls, snow falls, an order is given, somebody
gets off) and counts only where both sentences say it of the same thing. What a prefix tells apart
(공식, 비공식) is a negation: see :func:`tm.eojeol.opposite_by_prefix`.
"""

from __future__ import annotations

KOREAN = """
늘다 늘어나다 불어나다 늘리다 늘이다 늘어가다 증가 급증 증대 증강 : 줄다 줄어들다 줄이다 감소 \
급감 감축 삭감
오르다? 올라가다 올라서다 올리다? 치솟다 뛰어오르다 상승 급등 폭등 : 내리다? 내려가다 떨어지다? \
떨어뜨리다 하락 급락 폭락
인상 : 인하
상향 : 하향
높다 높아지다 높이다 : 낮다 낮아지다 낮추다
높다랗다 드높다 : 나지막하다
많다 많아지다 수많다 : 적다? 적어지다 드물다
크다? 커지다 커다랗다 거대하다 키우다? : 작다 작아지다 조그맣다 줄이다
길다? 길어지다 기다랗다 : 짧다 짧아지다
넓다 넓어지다 넓히다 : 좁다 좁아지다 좁히다
깊다 깊어지다 : 얕다 얕아지다
굵다 : 가늘다
두껍다 두꺼워지다 : 얇다 얇아지다
무겁다 무거워지다 : 가볍다 가벼워지다
강하다 강해지다 세다? 거세다 거세지다 : 약하다 약해지다
강력하다 : 미약하다 약하다
빠르다 빨라지다 급속하다 신속하다 : 느리다 느려지다 더디다 더뎌지다
이르다? 일찍 : 늦다 늦어지다 늦게 뒤늦게
앞당기다 : 늦추다 미루다 연기하다
덥다 더워지다 뜨겁다 : 춥다 추워지다 차갑다
따뜻하다 따뜻해지다 : 춥다 추워지다 차갑다 쌀쌀하다
밝다 밝아지다 : 어둡다 어두워지다
가깝다 가까워지다 : 멀다 멀어지다
비싸다 비싸지다 값비싸다 : 싸다? 싸지다 값싸다 저렴하다
좋다 좋아지다 나아지다 호전되다 : 나쁘다 나빠지다 악화되다
좋아하다 : 싫어하다
쉽다 쉬워지다 수월하다 손쉽다 : 어렵다 어려워지다 힘들다 힘들어지다
넉넉하다 풍족하다 풍부하다 충분하다 남아돌다 : 모자라다 부족하다
부유하다 잘살다 : 가난하다 빈곤하다 못살다
깨끗하다 깨끗해지다 : 더럽다 더러워지다 지저분하다
조용하다 잠잠하다 : 시끄럽다 소란하다
젊다 어리다 : 늙다
새롭다 : 낡다 오래되다
굳다? 단단하다 : 무르다 연하다
두텁다 : 엷다
뜨다? : 가라앉다
가득하다 가득차다 : 비다? 텅비다
맑다 : 흐리다
부지런하다 근면하다 : 게으르다
똑똑하다 영리하다 : 어리석다 멍청하다
엄하다 엄격하다 : 느슨하다 너그럽다
조이다 죄다? : 풀다? 늦추다
활발하다 활발해지다 활기차다 : 부진하다 침체되다 한산하다
사다? 사들이다 구입 구매 매입 : 팔다? 팔아넘기다 판매 매도 매각
팔리다 : 사다?
주다? 건네다 건네주다 제공하다 내주다 : 받다? 건네받다 제공받다 넘겨받다
보내다? 발송 송부 : 받다? 받아들이다 접수 수령
빌려주다 꿔주다 : 빌리다? 꾸다? 빌려오다
열다? 열리다? 개방 재개방 개장 개업 개소 : 닫다? 닫히다? 폐쇄 봉쇄 차단 폐장 폐업 폐소
개교 : 폐교
개막 : 폐막
개회 : 폐회
켜다? 켜지다? : 끄다? 꺼지다?
시작 개시 착수 착공 : 끝 끝나다 끝내다 마치다 마감 종료 종결 중단 중지 완공 준공
시작하다 시작되다 : 멈추다 그치다 그만두다
재개 : 중단 중지 정지
계속하다 계속되다 지속 존속 : 멈추다 그치다 중단 중지
유지 존치 : 폐지 폐기 철폐 중단
이기다? 승리 : 지다? 패하다 패배
성공 : 실패
합격 급제 : 낙방 탈락
당선 : 낙선
살다? 살아나다 살아남다 살아있다 생존 : 죽다 숨지다 사망
살리다 살려주다 : 죽이다
태어나다 출생 : 죽다 숨지다 사망
구하다? 구해내다 구조 : 버리다 해치다
나타나다 등장 출현 : 사라지다 퇴장 소멸
생기다 발생 : 없어지다 사라지다 소멸
얻다 획득 : 잃다 상실
찾다? 되찾다 발견 : 잃다? 잃어버리다 분실
기억 : 망각
기억하다 : 잊다 잊어버리다
벌다 : 잃다? 날리다?
타다? 올라타다 승차 탑승 승선 : 내리다? 하차 하선
싣다 실리다 적재 : 내리다? 부리다? 하역
입다? : 벗다
숨기다 감추다 은폐 : 드러내다 밝히다 폭로 공개
숨다 : 드러나다 나타나다
묶다 동여매다 : 풀다?
잠그다 : 열다?
붙이다 부착 붙다? : 떼다 떼어내다 떨어지다?
넣다 집어넣다 투입 : 빼다 꺼내다 빼내다
더하다 보태다 추가 : 빼다 덜다 제거 삭제
들어오다 들어가다 들다? : 나가다 나오다
들여오다 들여가다 반입 : 내가다 내오다 내보내다 반출
들여보내다 : 내보내다 내쫓다
모이다 모여들다 집결 : 흩어지다 해산
모으다 : 흩뜨리다 나눠주다
막다 가로막다 저지 : 허용 허락 놔두다 내버려두다
말리다? 만류 : 부추기다 부추김 권하다 권유
잡다? 붙잡다 체포 구속 구금 연행 검거 수감 투옥 감금 억류 : 놓아주다 놔주다 풀어주다 풀려나다 \
석방 방면
잡히다 붙잡히다 갇히다 : 풀려나다 놓여나다 달아나다 도망치다
잡다? : 놓치다
도망 도주 : 체포 검거
공격 침공 : 방어 수비 방위
공격하다 : 지키다? 막아내다
나아가다 전진 진격 진군 : 물러나다 물러서다 후퇴 퇴각 철수
남하 : 북상
남진 : 북진
파병 : 철군 철병
파견 : 소환 철수
배치 주둔 : 철수 철거
점령 함락 : 탈환 수복
전쟁 : 평화
동맹국 우방 : 적국
아군 : 적군
여당 : 야당
금지 불허 금하다 엄금 : 허용 허가 허락 승인 용인 인가 장려 권장
막히다 : 뚫리다
단속하다 단속되다 : 묵인하다 눈감아주다 봐주다 방치하다 허용하다
통제하다 통제되다 : 방임하다 방치하다
제한 규제 억제 : 허용 장려 촉진 권장
찬성 지지 동의 찬동 : 반대 반발 비난
옹호 두둔 : 비판 비난 규탄
칭찬 찬양 칭송 극찬 격찬 찬사 : 비판 비난 규탄 질책 혹평 비방
추켜세우다 치켜세우다 : 깎아내리다 헐뜯다
환영 : 거부 배척 반대
승인 승낙 수락 수용 응하다 : 거부 거절 반려 기각 불응 퇴짜
받아들이다 : 거부하다 거절하다 뿌리치다 물리치다
가결 통과 채택 : 부결 기각
합의 타결 : 결렬
체결 합의 : 파기
채택 도입 : 폐기
발급 : 취소 회수
허가 : 취소
연장 연장하다 : 단축
집중 : 분산
자율 : 강제 타율
긴축 : 완화
상승세 오름세 : 하락세 내림세
우세 : 열세
가동 운영 운행 : 중단 정지 중지
송환 : 억류
탈북 : 입북 재입북 월북
상봉 : 이산 이별
맞다? 옳다 : 틀리다 그르다
앞서다 앞지르다 : 뒤지다? 뒤처지다
막히다? : 트이다 뚫리다
갚다 : 빌리다 꾸다?
붙잡히다 : 도망치다 달아나다
얼다 얼어붙다 : 녹다 풀리다?
젖다 : 마르다
심다 : 뽑다
쌓다? : 허물다 헐다
자다 잠들다 : 깨다?
배고프다 : 배부르다
살찌다 : 여위다 마르다?
벌어지다? : 좁혀지다
앉다 : 서다? 일어서다
붇다 불어나다 : 줄다 줄어들다
휴전 정전 종전 : 개전
기부 : 횡령
합법 적법 : 불법 위법
유죄 : 무죄
유료 : 무료
유상 : 무상
유리 : 불리
유익하다 이롭다 : 해롭다 유해하다
유능 : 무능
인정 시인 자인 : 부인 부정
긍정 : 부정
낙관 : 비관
희망 : 절망
믿다 신뢰 확신 : 의심 불신
충성 : 배신 배반
순종 복종 : 반항 불복 거역 저항
준수 이행 : 위반 위배 어기다
지키다? : 어기다 깨뜨리다 위반하다
사실이다 진실 : 거짓 허위
참말 : 거짓말
진짜 : 가짜
정품 : 위조품 모조품
직접 : 간접
적극 : 소극
능동 : 수동
자발 : 강제
자원하다 : 강요받다
객관 : 주관
권리 : 의무
가입 입회 : 탈퇴
입당 : 탈당 출당
입대 입영 : 제대 전역 탈영
입국 : 출국
입경 : 출경
입항 : 출항
이륙 : 착륙
입소 : 출소 퇴소
입원 : 퇴원
입학 : 졸업 퇴학 자퇴
등교 : 하교
출근 : 퇴근 결근
출석 참석 참가 참여 동참 : 결석 불참
출발 : 도착
떠나다 : 도착하다 돌아오다
입장 : 퇴장
취임 : 퇴임 사임 이임
임명 발탁 기용 : 해임 파면 경질 면직
채용 고용 : 해고
승진 승격 진급 : 강등 좌천
복직 복귀 복권 : 해임 숙청 실각
포상 표창 : 처벌 징계
결혼 혼인 : 이혼 파혼
생산 : 소비
증산 : 감산
증원 : 감원
증설 : 감축 철거
증편 : 감편
증세 : 감세
공급 : 수요
공급하다 공급되다 배급하다 : 회수하다 몰수하다 끊다?
지급 지불 : 미지급 체불 환수 몰수
수출 : 수입
밀수출 : 밀수입
대출 : 상환
저축 저금 예금 : 인출 낭비
절약 : 낭비
흑자 : 적자
이익 이득 수익 : 손해 손실
이롭다 : 해롭다
수입 소득 : 지출
국산 국내산 자국산 : 수입산 외국산 외국제 수입품
국내 : 국외 해외
투자하다 : 회수하다
공영 국영 : 민영 사영
설치 : 철거 철수
설립 창립 창설 창건 신설 : 해산 해체 폐지 폐쇄
건설 건립 짓다? 세우다? : 철거 파괴 허물다 헐다 부수다 무너뜨리다
조립 : 분해
도입 제정 시행 : 폐지 철폐 폐기
부과 선포 : 해제 철회
지정 : 해제 취소
봉쇄하다 봉쇄되다 : 해제하다 해제되다
봉쇄령 : 해제령
강화 : 완화 약화
강화하다 강화되다 : 늦추다 느슨해지다
심해지다 격화 심화 악화 : 완화 누그러지다 잦아들다 가라앉다
확대 확장 팽창 : 축소 수축
개선 호전 향상 : 악화 저하 퇴보
발전 진보 : 퇴보 낙후
회복 : 악화 상실
안전 : 위험
평온 : 소란 혼란
풍작 : 흉작
풍년 : 흉년
다수 : 소수
과잉 초과 : 부족 미달
최대 : 최소
최고 : 최저
최초 : 최후 마지막
최선 : 최악
이상 : 이하 미만
초과 : 미만 이하
다수 대다수 대부분 : 소수 극소수 일부
처음 : 마지막 나중
첫날 : 마지막날
선두 : 꼴찌 후미
상류 : 하류
상급 : 하급
상층 : 하층
상반부 : 하반부
앞쪽 앞면 앞줄 앞문 전방 : 뒤쪽 뒷면 뒷줄 뒷문 후방
왼쪽 좌측 왼편 왼손 왼발 : 오른쪽 우측 오른편 오른손 오른발
남성 남자 : 여성 여자
동쪽 동부 동측 : 서쪽 서부 서측
남쪽 남부 남측 : 북쪽 북부 북측
안쪽 내부 실내 : 바깥쪽 외부 실외 야외
위쪽 윗쪽 상단 : 아래쪽 하단
입구 : 출구
전진 : 후진
장점 강점 : 단점 약점
선진 : 후진
친미 : 반미
친중 : 반중
친북 : 반북
친정부 : 반정부
사회주의 공산주의 : 자본주의
독재 : 민주
자유 : 억압 구속
독립 : 예속 종속
통일 통합 : 분단 분열 분리
단결 화합 : 분열 갈등
화해 : 갈등 대립
협력 협조 : 대립 대결
우호 : 적대
질문 : 대답 답변
묻다? : 대답하다 답하다
가르치다 : 배우다
사랑하다 : 미워하다 증오하다
웃다 : 울다
기뻐하다 반기다 : 슬퍼하다
행복 : 불행
능숙하다 익숙하다 : 서투르다 서툴다
건강하다 : 아프다? 병약하다
낫다? 완치 : 걸리다? 악화
남기다 남다? : 없애다 버리다
보존 보전 : 파괴 훼손
보호 : 학대 파괴 방치
복구 : 파괴
자르다 끊다? 끊기다 절단 단절 : 잇다 이어지다 연결
연결 접속 : 차단 단절
포함 : 제외 배제
동일 : 상이
같다 똑같다 : 다르다
비슷하다 : 다르다
먼저 : 나중에
북행 : 남행
상행 : 하행
흥하다 번창 번성 : 망하다 쇠퇴 몰락
부흥 : 쇠퇴
전성기 : 쇠퇴기
호황 : 불황
호경기 : 불경기
인플레이션 : 디플레이션
강세 : 약세
강경 : 온건 유화
보수 : 진보
급진 : 온건
매파 : 비둘기파
공개 : 은폐
안정 : 불안 혼란
질서 : 혼란
만족 : 불만
편리하다 : 불편하다
"""

ENGLISH = """
increase rise grow climb soar surge jump skyrocket spike expand swell : decrease fall drop \
decline shrink plunge plummet slump dip dwindle tumble diminish
raise hike boost up? : lower cut reduce slash trim down?
lift impose : lift?
ascend : descend
gain : lose
more : less fewer
most : least fewest
many numerous : few
much : little?
high : low
higher : lower
highest : lowest
big large huge great? : small little? tiny
bigger larger greater : smaller lesser
biggest largest greatest : smallest
long lengthy : short brief
longer : shorter
tall : short
wide broad : narrow
widen broaden : narrow
deep : shallow
deepen : ease
thick : thin
heavy : light?
heavier : lighter
strong : weak
stronger : weaker
strengthen tighten toughen reinforce bolster : weaken loosen relax ease soften
strict tough stringent : lax loose lenient
fast quick rapid swift : slow
faster quicker : slower
quickly rapidly swiftly fast : slowly gradually
accelerate : slow? decelerate
early? : late?
earlier : later
hot warm : cold cool
hotter warmer : colder cooler
bright light? : dark dim
near close? nearby : far distant
male man men : female woman women
expensive costly dear? : cheap inexpensive
good? : bad
better : worse
best : worst
well? : badly poorly
improve enhance upgrade recover : worsen deteriorate degrade
easy simple : hard? difficult
easier : harder
plentiful abundant ample : scarce insufficient
surplus excess glut : shortage deficit lack scarcity
rich wealthy affluent : poor impoverished
clean : dirty
quiet calm : noisy loud
young : old? elderly
new? : old?
full? : empty
wet : dry
buy purchase acquire : sell
buyer purchaser : seller vendor
give? hand? provide : take? receive
send dispatch ship? : receive
lend : borrow
lender : borrower
open reopen : close? shut shutter seal
opening : closing closure
begin start commence launch resume : end? stop finish halt suspend cease conclude
continue : stop halt suspend cease discontinue
win : lose
winner victor : loser
victory win : defeat loss
succeed : fail
success : failure
pass? : fail reject
live survive : die perish
alive : dead
life? : death
save rescue : abandon kill
appear emerge : disappear vanish
find? discover : lose
remember : forget
hide conceal : reveal disclose expose
secret : public open
tie bind : untie release
attach : detach
add : remove subtract delete
include : exclude
inclusion : exclusion
enter : leave? exit
enter : quit
arrive : depart leave?
arrival : departure
entry entrance : exit
come? : go?
gather assemble : disperse scatter
unite : divide split
unity : division
arrest detain jail imprison : release free acquit
detention arrest imprisonment : release
capture : release
catch : release miss
attack assault : defend protect
attack offensive : defense defence
advance : retreat withdraw
deploy station? : withdraw
deployment : withdrawal
war : peace
ally : enemy foe
friend : enemy foe
friendly : hostile
ban prohibit forbid outlaw bar? : allow permit let? legalize legalise authorize authorise
ban prohibition : permission approval authorization authorisation
banned forbidden prohibited : allowed permitted
block prevent stop? : allow permit enable
restrict limit? curb : allow expand
encourage promote urge : discourage deter
incentive : deterrent
approve accept endorse ratify grant? : reject refuse deny decline? veto
approval acceptance : rejection refusal denial
adopt : reject abandon
agree : refuse
agreement : dispute
support back? favor favour : oppose
support backing : opposition
supporter : opponent
supportive : opposed
for? : against
pro : anti
praise applaud commend laud hail? : criticize criticise condemn denounce blame
praise : criticism condemnation
welcome : reject
admit? acknowledge confirm concede : deny
confirm : refute
affirm : deny
acquit : convict
guilty : innocent
convict : acquit
legal lawful : illicit criminal
legally : unlawfully
true : false
truth : lie? falsehood
real genuine authentic : fake counterfeit
correct right? : wrong
trust believe : doubt
confidence : doubt
optimistic : pessimistic
optimism : pessimism
hope : despair
hopeful : hopeless
loyalty : betrayal
obey comply : defy violate
observe? comply : violate breach
compliance : violation
keep? : break
import : export
importer : exporter
imported : domestic homegrown
domestic : foreign
domestically : abroad overseas
demand : supply
produce : consume
production : consumption
producer : consumer
profit : loss
income revenue : expenditure spending expense
surplus : deficit
deposit : withdraw
save? : spend waste
join enroll enlist : leave? quit withdraw resign
membership : withdrawal
hire employ recruit : fire? dismiss
appoint : dismiss sack remove
appointment : dismissal
promote : demote
promotion : demotion
reinstate : purge dismiss
reward : punish
marry : divorce
marriage : divorce
birth : death
born : die dead
build construct erect : demolish destroy dismantle
construction : demolition destruction
create establish found? : abolish dissolve disband
establishment : abolition
introduce : abolish scrap
impose : lift? remove
extend? prolong : shorten
maximum : minimum
maximize maximise : minimize minimise
major : minor
majority : minority
upper : lower
top : bottom
above : below
over? : under
up : down
upward : downward
upstream : downstream
uphill : downhill
inside indoors : outside outdoors
inner internal : outer external
in? : out
into? : out?
on? : off
left? : right?
leftist : rightist
east eastern : west western
north? northern : south? southern
eastward : westward
northward : southward
front : back? rear
forward : backward backwards
safety : danger
peaceful : violent
active : passive
voluntary : compulsory forced mandatory
voluntarily : forcibly
mandatory compulsory obligatory : optional voluntary
public : private
state-run state-owned : private privately-owned
partial : full? complete
partially partly : fully completely entirely
temporary : permanent
temporarily : permanently
common : rare
frequent : rare
frequently often : rarely seldom
always : never
present? : absent
presence : absence
attend : skip miss boycott
attendance : absence
similarly : differently
agree : dispute
love like? : hate
happy glad pleased satisfied : sad angry
laugh : cry weep
ask : answer reply
question : answer
teach : learn
conservative : liberal progressive
hardline hawkish : moderate dovish
hardliner hawk : moderate dove
communist socialist : capitalist
communism socialism : capitalism
dictatorship : democracy
dictatorial : democratic
freedom liberty : oppression slavery
advantage benefit : disadvantage drawback
strength : weakness
cooperate : confront compete
cooperation : confrontation
reconciliation : conflict
harvest? bumper : failure?
inflation : deflation
appreciate? strengthen : depreciate weaken
preserve conserve protect : destroy damage
safe : dangerous risky
similar : different
connect link : sever
stable : volatile
loyal : treacherous
order : chaos
dependent : self-sufficient
"""
