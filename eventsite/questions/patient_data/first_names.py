"""First names heard in the United Kingdom, so that two capital letters in a row are known for a person."""

from eventsite.questions.patient_data.more_first_names import MORE_FIRST_NAMES
from eventsite.questions.patient_data.wording import words

FIRST_NAMES = MORE_FIRST_NAMES | words(
    """
    aaron abbie abby abdul abdullah abigail abraham ada adam adele adil adnan adrian afzal agnes ahmad ahmed aidan
    aileen ailsa aisha aishah aisling ajay akash akua alan alana alastair albert alberto aled alejandro aleksandra
    alex alexander alexandra alexandru alexis alf alfie alfred ali alice alicia alina alison alistair allan allen alma
    alun alvin alyssa amanda amara amber amelia amina aminah amir amit amy ana anastasia andre andrea andreea andrei
    andrew andy aneesa angela angelina angus anil anita anjali ann anna annabel anne annette annie anthea anthony
    antonia antonio anusha anwar archie aria ariana arjun arlene arnold arthur arun arya asha ashley ashok asif asma
    astrid athena aubrey audrey austin ava avril ayesha ayaan aylin babatunde bailey barbara barney barry basil
    beatrice becky belinda ben benedict benjamin bernadette bernard bert bertha beryl bess beth bethan bethany betty
    beverley bhavna bill billy blessing bob bogdan bonnie boris brandon brenda brendan brian bridget bronwen bruce
    bryan bryn caitlin callum calum cameron camilla carl carla carlos carmel carmen carol carole caroline carolyn
    carrie cassandra catalin catherine cathy catriona cecil cecilia cedric celia ceri chantelle charlene charles
    charlie charlotte chelsea cherie cheryl chidi chinedu chioma chiara chloe chris christian christina christine
    christopher chukwu ciara claire clara clare claudia clifford clive clodagh colette colin colm conor constance cora
    corey courtney craig cristian cynthia cyril dafydd daisy damian dan daniel daniela danielle danny daphne darren
    daryl dave david dawn dean debbie deborah debra declan deepak deirdre delia delroy denis denise dennis derek
    dermot derrick desmond destiny dev devon diana diane dilys dimitri dinesh dipak dolores dominic dominik don donald
    donna dora doreen doris dorothy dougal douglas duncan dylan eamon earl ebony eddie edgar edith edmund edna edward
    edwin efua eileen eilidh eira elaine eleanor elena eleni eli elias elijah elisabeth eliza elizabeth ella ellen
    ellie elliot elliott elsie elspeth elvira emeka emilia emily emma emmanuel emmeline emrys enid eric erica erin
    ernest ernie esme esther ethan ethel eugene eunice eva evan eve evelyn ewa ewan ezra fahad faisal farah fareed
    farhan farida farooq fatima fatimah fay faye felicity felix fergus fernando finlay finn fiona fleur flora florence
    fraida fran frances francesca francis francisco frank franklin fred freda freddie frederick freya fynn gabriel
    gabriela gabrielle gail gareth garry gary gavin gemma gene geoff geoffrey george georgia georgina gerald geraldine
    gerard german gertrude ghulam gillian gina giovanni giulia gladys glen glenda glenn gloria glyn glynis godfrey
    gordon grace graeme graham grant greg gregory greta gwen gwendolyn gwyneth habib hadiya hafsa hamid hamza hana
    hannah hardeep harjit harold harpreet harriet harrison harry harvey hasan hassan hayden hayley hazel heather
    hector helen helena helga henrietta henry herbert hilary hilda hina holly hope horace howard hubert hugh hugo
    humphrey hussain hussein iain ian ibrahim ida idris ifeoma imogen imran ina india indira ines inga ingrid ioana
    ira irene irfan iris irina isaac isabel isabella isabelle isaiah isla ismail isobel ivan ivor ivy iwona jack
    jackie jackson jacob jacqueline jacqui jade jagdeep jagdish jake jamal james jamie jan jane janet janice janine
    jared jasmin jasmine jason jasper jaswinder javed javier jay jayden jayne jean jeanette jeff jeffrey jemima jen
    jennie jennifer jenny jeremiah jeremy jerome jerry jess jesse jessica jessie jill jim jimmy jo joan joanna joanne
    joe joel johanna john johnny jolanta jon jonah jonathan jordan jorge jose josef joseph josephine josh joshua joy
    joyce juan juanita jude judith judy julia julian juliana julie juliet june justin justyna kaitlyn kamal kamila
    kamran karen karim karl karolina kashif kat kate katarzyna kate katharine katherine kathleen kathryn kathy katie
    katrina kavita kay kayleigh keeley keiran keith kelly kelvin ken kendra kenneth kenny kerry kevin khadija khalid
    khalil kiera kieran kim kimberley kirsten kirsty kofi krishna kristina krystyna krzysztof kuldeep kumar kwame kyle
    lachlan lakshmi lana lara latoya laura lauren laurence lawrence layla leah leanne lee leila len lena lenny leo
    leon leonard leonie leroy lesley leslie levi lewis liam lilian lillian lily linda lindsay lindsey lionel lisa liz
    lizzie lloyd logan lois lola loretta lorna lorraine lottie lou louis louisa louise luca lucas lucia lucinda lucy
    luis luke luna lydia lyn lynda lynn lynne mabel maddison madeleine madison maeve magda magdalena maggie mahmood
    mahmoud maia mair maisie malcolm malik mandy manjit manoj manuel marc marcella marcia marco marcus margaret
    margery maria mariam marian marianne marie marilyn marina mario marion marjorie mark marlene marsha marta martha
    martin martina martyn marvin mary maryam mason mateusz matilda matt matteo matthew maureen maurice mavis max
    maxine maxwell maya mayur megan mehmet mei melanie melissa melvin mercy meredith mia michael michaela michal
    micheal michelle mick miguel mihaela mike mila mildred miles millicent millie milly mina minnie miranda miriam mo
    mohamed mohammad mohammed mohamud mohan moira molly mona monica morag moses muhammad muriel mustafa myra myrtle
    nabila nadeem nadia nadine naeem naima nana nancy naomi narinder nasir nasreen natalia natalie natasha nathan
    nathaniel naveed neha neil nell nellie nerys nettie ngozi nia niall nicholas nick nicky nicola nicole nigel nikhil
    nikki nikita nina nisha noah noel noor nora noreen norma norman nuala nur nusrat obi odette olga olive oliver
    olivia oluwaseun omar oonagh ophelia oscar osman oswald otis owen ozan pablo paddy paige pamela pascal pat
    patience patricia patrick paul paula pauline pavel pawel pearl pedro peggy penelope penny percy perry pete peter
    petra phil philip philippa phillip phoebe phyllis pierre piotr polly poppy prakash pranav preeti primrose
    priscilla priti priya quentin rabia rachael rachel radhika rafael rahim rahul raj raja rajesh rajinder raju ralph
    ramesh ramona ranjit raquel rashid rashida raul ravi ray raymond razia rebecca reece reg reggie reginald rehana
    renata rene reuben rex rhian rhiannon rhoda rhona rhys ricardo richard rick ricky rina rita riya rob robbie robert
    roberta roberto robin robyn rochelle rodney roger rohan roisin roland roman ron ronald ronan ronnie rory rosa
    rosalind rosanna rose rosemary rosie ross rowan rowena roxanne roy ruby rudolph rufus rukhsana rupert russell ruth
    ryan saanvi sabina sabrina sadia sadie safiya saira sajid sakina saleem salim sally salma salman sam samantha
    sameer samir samira samuel sana sandeep sandra sangita sanjay sara sarah sarita satnam satwinder saul scarlett
    scott seamus sean sebastian selina serena seren sergio seth shabana shabnam shahid shamim shane shanelle shannon
    shari sharon shaun shauna shazia sheena sheila shelley sheryl shirin shirley shivani shona shreya sian sid sidney
    sienna sikander silvia simon simone simran sinead siobhan sofia sohail sonia sonya sophia sophie stacey stan
    stanley stefan stella stephanie stephen steve steven stewart stuart su sue sufia sukhdeep sultana sunil sunita
    surinder susan susanna susannah susie suzanne sybil sydney sylvia tabitha tahir tamara tamsin tanya tara tariq
    tasha tatiana taylor ted terence teresa terry tess tessa thelma theo theodore theresa thomas tiffany tim timothy
    tina toby todd tom tomas tomasz tommy toni tony tracey tracy trevor tricia trina trish tristan trudy tunde tyler
    tyrone ursula usman valentina valerie vanessa vaughan venetia vera verity vernon veronica vicki vicky victor
    victoria vijay vikram vinay vince vincent viola violet virginia vivian vivien vivienne wallace walter wanda warren
    waseem wayne wendy wes wilfred wilhelmina will william willie wilma winifred winston xavier xin yan yasmeen yasmin
    yasmine yetunde yolanda yosef yousuf yuki yusuf yvette yvonne zachary zack zahid zahra zainab zak zara zeeshan
    zena zeynep zoe zofia zubair zuzanna
    """
)

ALSO_WORDS = words(
    """
    amber april art austin bill blessing bob chase dawn dean destiny devon don earl eve faith finn frank gene german
    grace grant guy harry hazel heather holly hope iris ivy jack jade jay jean joy june kay kim lee lily logan lou
    luna mark max may mercy miles mo nana norma olive pat patience pearl penny poppy ray rex rich rob robin roman rose
    ross rowan ruby sage scarlett sue su taylor will violet viola drew jan han pip ken ali ada india jordan ira
    """
)
"""Those that are also words in small letters, or names of places and things."""
