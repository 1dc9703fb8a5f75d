/// What everything is called, in either language.
#include "analysis/language.hpp"

#include <array>

namespace analysis {

/// Of one profession at work. The names are kept as views: literals only.
constexpr Label at_work(std::string_view english, std::string_view french) {
  return {{english, french},
          {"Those of this profession at work in the catchment at the end of the month",
           "Ceux de cette profession qui exercent dans le bassin à la fin du mois"}};
}

Label label(record::Indicator indicator) {
  using record::Indicator;
  switch (indicator) {
    case Indicator::residents:
      return {{"Residents", "Habitants"},
              {"People who live in the catchment at the end of the month",
               "Personnes qui vivent dans le bassin à la fin du mois"}};
    case Indicator::births:
      return {{"Births", "Naissances"},
              {"Residents born during the month", "Habitants nés pendant le mois"}};
    case Indicator::deaths:
      return {{"Deaths", "Décès"},
              {"Residents who died during the month", "Habitants morts pendant le mois"}};
    case Indicator::professionals:
      return {{"Professionals at work", "Professionnels en exercice"},
              {"Health professionals of all professions at work in the catchment at the end of the "
               "month",
               "Professionnels de santé de toutes les professions en exercice dans le bassin à la "
               "fin du mois"}};
    case Indicator::gps:
      return {{"GPs at work", "Médecins généralistes en exercice"},
              {"General practitioners at work in the catchment at the end of the month",
               "Médecins généralistes en exercice dans le bassin à la fin du mois"}};
    case Indicator::nurses:
      return {{"Nurses at work", "Infirmiers en exercice"},
              {"Nurses at work in the catchment at the end of the month",
               "Infirmiers en exercice dans le bassin à la fin du mois"}};
    case Indicator::physiotherapists:
      return {{"Physiotherapists at work", "Kinésithérapeutes en exercice"},
              {"Physiotherapists at work in the catchment at the end of the month",
               "Masseurs-kinésithérapeutes en exercice dans le bassin à la fin du mois"}};
    case Indicator::dentists:
      return {{"Dentists at work", "Chirurgiens-dentistes en exercice"},
              {"Dentists at work in the catchment at the end of the month",
               "Chirurgiens-dentistes en exercice dans le bassin à la fin du mois"}};
    case Indicator::specialists:
      return at_work("Specialists at work", "Médecins spécialistes en exercice");
    case Indicator::midwives:
      return at_work("Midwives at work", "Sages-femmes en exercice");
    case Indicator::pharmacists:
      return at_work("Pharmacists at work", "Pharmaciens titulaires en exercice");
    case Indicator::advanced_nurses:
      return at_work("Advanced-practice nurses at work",
                     "Infirmiers en pratique avancée en exercice");
    case Indicator::speech_therapists:
      return at_work("Speech therapists at work", "Orthophonistes en exercice");
    case Indicator::occupational_therapists:
      return at_work("Occupational therapists at work", "Ergothérapeutes en exercice");
    case Indicator::psychomotor_therapists:
      return at_work("Psychomotor therapists at work", "Psychomotriciens en exercice");
    case Indicator::orthoptists:
      return at_work("Orthoptists at work", "Orthoptistes en exercice");
    case Indicator::dietitians:
      return at_work("Dietitians at work", "Diététiciens en exercice");
    case Indicator::podiatrists:
      return at_work("Podiatrists at work", "Pédicures-podologues en exercice");
    case Indicator::professionals_in_focus:
      return {
          {"Professionals at work in the commune that acts",
           "Professionnels en exercice dans la commune qui agit"},
          {"Health professionals of all professions at work in the commune whose municipality "
           "acts, at the end of the month",
           "Professionnels de santé de toutes les professions en exercice dans la commune dont la "
           "municipalité agit, à la fin du mois"}};
    case Indicator::adults_without_gp:
      return {{"Residents 16+ without a registered GP", "Habitants sans médecin traitant"},
              {"Residents aged 16 or more who have no registered GP at the end of the month, those "
               "who never looked for one included",
               "Habitants de 16 ans ou plus sans médecin traitant à la fin du mois, y compris ceux "
               "qui n'en ont jamais cherché"}};
    case Indicator::adults_without_gp_share:
      return {{"Share of residents 16+ without a registered GP",
               "Part des habitants sans médecin traitant"},
              {"Residents 16+ without a registered GP over all residents aged 16 or more",
               "Habitants de 16 ans ou plus sans médecin traitant, rapportés à tous les habitants "
               "de 16 ans ou plus"}};
    case Indicator::needs:
      return {{"Needs for a GP", "Besoins de médecin généraliste"},
              {"Needs for a general practitioner that arose during the month",
               "Besoins de médecin généraliste apparus pendant le mois"}};
    case Indicator::seen_by_registered_gp:
      return {{"Contacts with the registered GP", "Consultations du médecin traitant"},
              {"Consultations held during the month with the patient's registered GP",
               "Consultations du mois auprès du médecin traitant du patient"}};
    case Indicator::seen_by_another_gp:
      return {{"Contacts with another GP", "Consultations d'un autre généraliste"},
              {"Consultations held during the month with a GP who is not the patient's registered "
               "GP",
               "Consultations du mois auprès d'un généraliste autre que le médecin traitant"}};
    case Indicator::seen_at_walk_in:
      return {{"Contacts at the walk-in unit", "Consultations sans rendez-vous"},
              {"Consultations held during the month without appointment",
               "Consultations du mois au centre de soins non programmés"}};
    case Indicator::seen_at_mobile_unit:
      return {{"Contacts at the mobile unit", "Consultations du médicobus"},
              {"Consultations held during the month at a stop of the mobile unit",
               "Consultations du mois aux arrêts du médicobus"}};
    case Indicator::seen_at_booth:
      return {{"Contacts at a telemedicine booth", "Consultations en cabine de télémédecine"},
              {"Consultations held during the month in a telemedicine booth",
               "Consultations du mois en cabine de télémédecine"}};
    case Indicator::matched_by_network:
      return {{"Residents for whom the network found a GP",
               "Habitants à qui la CPTS a trouvé un médecin traitant"},
              {"Residents with a long-term condition and without a GP whom the territorial network "
               "brought to a practice with room during the month",
               "Habitants en ALD sans médecin traitant que la CPTS a adressés pendant le mois à un "
               "cabinet qui avait de la place"}};
    case Indicator::emergency_visits:
      return {{"Emergency visits for want of an appointment",
               "Passages aux urgences faute de rendez-vous"},
              {"Needs that no practice took in time and that ended in an emergency department "
               "during the month",
               "Besoins qu'aucun cabinet n'a pris à temps et qui ont fini aux urgences pendant le "
               "mois"}};
    case Indicator::renunciations:
      return {{"Renunciations", "Renoncements aux soins"},
              {"Needs that no practice took in time and that the resident gave up during the month",
               "Besoins qu'aucun cabinet n'a pris à temps et auxquels l'habitant a renoncé pendant "
               "le mois"}};
    case Indicator::emergency_visits_treatable:
      return {{"Emergency visits that primary care could have treated",
               "Passages aux urgences qui relevaient des soins primaires"},
              {"Visits for want of an appointment, and the others of the month that primary care "
               "could have treated",
               "Passages faute de rendez-vous, et les autres passages du mois qui relevaient des "
               "soins primaires"}};
    case Indicator::emergency_visits_all:
      return {{"Emergency visits", "Passages aux urgences"},
              {"All visits to an emergency department during the month",
               "Tous les passages aux urgences du mois"}};
    case Indicator::avoidable_admissions:
      return {{"Avoidable hospital stays", "Hospitalisations évitables"},
              {"Potentially avoidable hospital stays during the month (Ansari's definition)",
               "Hospitalisations potentiellement évitables du mois (définition d'Ansari)"}};
    case Indicator::follow_up_unmet:
      return {{"Residents with a long-term condition whose follow-up is unmet",
               "Habitants en ALD sans suivi"},
              {"Residents with a long-term condition who have no registered GP or have not seen a "
               "GP for months",
               "Habitants en affection de longue durée sans médecin traitant, ou qui n'ont pas vu "
               "de généraliste depuis des mois"}};
    case Indicator::requests_failed_share:
      return {{"Share of requests that fail", "Part des demandes sans rendez-vous"},
              {"Requests for which the practice asked first has no appointment in time, over all "
               "requests of the month",
               "Demandes pour lesquelles le premier cabinet sollicité n'a pas de rendez-vous à "
               "temps, rapportées aux demandes du mois"}};
    case Indicator::renounced_share:
      return {{"Share of needs given up", "Part des besoins abandonnés"},
              {"Renunciations over the needs that arose during the month",
               "Renoncements rapportés aux besoins apparus pendant le mois"}};
    case Indicator::continuity_of_care:
      return {{"Continuity of care", "Continuité des soins"},
              {"Consultations with the registered GP or a GP of the same team, over the "
               "consultations held during the month",
               "Consultations du médecin traitant ou d'un généraliste de son équipe, rapportées "
               "aux consultations du mois"}};
    case Indicator::local_accessibility:
      return {{"Local accessibility of GPs (APL)",
               "Accessibilité potentielle localisée aux généralistes (APL)"},
              {"Consultations within reach per year and resident weighted by age, by the State's "
               "method (two-step floating catchment)",
               "Consultations accessibles par an et par habitant standardisé, par la méthode "
               "publiée (Drees)"}};
    case Indicator::underserved_share:
      return {{"Share of residents underserved", "Part d'habitants en zone sous-dense"},
              {"Residents of communes with a local accessibility below 2.5 consultations a year",
               "Habitants de communes dont l'APL est inférieure à 2,5 consultations par an"}};
    case Indicator::renunciations_quintile_1:
      return {{"Renunciations, least deprived fifth", "Renoncements, cinquième le plus aisé"},
              {"Needs given up during the month by the least deprived fifth of the residents",
               "Besoins abandonnés pendant le mois par le cinquième le plus aisé des habitants"}};
    case Indicator::renunciations_quintile_2:
      return {{"Renunciations, second fifth of deprivation", "Renoncements, deuxième cinquième"},
              {"Needs given up during the month by the second fifth of deprivation",
               "Besoins abandonnés pendant le mois par le deuxième cinquième de défavorisation"}};
    case Indicator::renunciations_quintile_3:
      return {{"Renunciations, third fifth of deprivation", "Renoncements, troisième cinquième"},
              {"Needs given up during the month by the third fifth of deprivation",
               "Besoins abandonnés pendant le mois par le troisième cinquième de défavorisation"}};
    case Indicator::renunciations_quintile_4:
      return {{"Renunciations, fourth fifth of deprivation", "Renoncements, quatrième cinquième"},
              {"Needs given up during the month by the fourth fifth of deprivation",
               "Besoins abandonnés pendant le mois par le quatrième cinquième de défavorisation"}};
    case Indicator::renunciations_quintile_5:
      return {{"Renunciations, most deprived fifth", "Renoncements, cinquième le plus défavorisé"},
              {"Needs given up during the month by the most deprived fifth of the residents",
               "Besoins abandonnés pendant le mois par le cinquième le plus défavorisé"}};
    case Indicator::renunciation_concentration_index:
      return {{"Concentration index of renunciations", "Indice de concentration des renoncements"},
              {"From -1 to 1; below 0 where the deprived give up more",
               "De -1 à 1 ; négatif où les plus défavorisés renoncent davantage"}};
    case Indicator::renunciation_slope_index:
      return {{"Slope index of inequality of renunciations",
               "Indice de pente des inégalités de renoncement"},
              {"Renunciations per resident and year, least deprived end less most deprived end; "
               "below 0 where the deprived give up more",
               "Renoncements par habitant et par an, extrémité la plus aisée moins extrémité la "
               "plus défavorisée ; négatif où les plus défavorisés renoncent davantage"}};
    case Indicator::wait_mean:
      return {{"Mean wait for a GP", "Délai moyen pour voir un généraliste"},
              {"Mean time from request to consultation, over the consultations booked during the "
               "month; missing in a month without any",
               "Temps moyen entre la demande et la consultation, pour les consultations réservées "
               "pendant le mois ; absent d'un mois sans réservation"}};
    case Indicator::wait_median:
      return {{"Median wait for a GP", "Délai médian pour voir un généraliste"},
              {"Median time from request to consultation, over the consultations booked during the "
               "month",
               "Temps médian entre la demande et la consultation, pour les consultations réservées "
               "pendant le mois"}};
    case Indicator::wait_p90:
      return {{"Ninth decile of the wait", "Neuvième décile du délai"},
              {"The time from request to consultation that one booking in ten exceeds",
               "Temps entre la demande et la consultation dépassé par une réservation sur dix"}};
    case Indicator::team_stage:
      return {{"Stage of the team's project", "Étape du projet de l'équipe"},
              {"0 none, 1 nucleus, 2 diagnosis, 3 project drafted, 4 submitted, 5 recognised, 6 "
               "funded (ACI)",
               "0 aucun, 1 noyau, 2 diagnostic, 3 projet de santé rédigé, 4 déposé, 5 reconnu, 6 "
               "financé (ACI)"}};
    case Indicator::team_cohesion:
      return {{"Cohesion of the team", "Cohésion de l'équipe"},
              {"Between 0 and 1; 0 without a team", "Entre 0 et 1 ; 0 sans équipe"}};
    case Indicator::rooms:
      return {{"Rooms of the municipality", "Cabinets de la commune"},
              {"Consulting rooms that the municipality has opened, temporary premises included",
               "Cabinets de consultation ouverts par la commune, locaux provisoires compris"}};
    case Indicator::rooms_occupied:
      return {{"Rooms occupied", "Cabinets occupés"},
              {"Those of the municipality's rooms in which a professional practises",
               "Cabinets de la commune où un professionnel exerce"}};
    case Indicator::net_cost:
      return {{"Net cost to the municipality", "Coût net pour la commune"},
              {"Money paid less money received by the municipality; works paid from a loan count "
               "when the loan is repaid",
               "Dépenses moins recettes de la commune ; des travaux payés par un emprunt comptent "
               "au moment du remboursement"}};
    case Indicator::debt:
      return {{"Debt of the municipality", "Dette de la commune"},
              {"Loan principal still to be repaid at the end of the month",
               "Capital d'emprunt restant à rembourser à la fin du mois"}};
    case Indicator::other_needs:
      return {{"Needs for other professions", "Besoins d'autres professions"},
              {"Needs that arose during the month for another profession than the GP; a series of "
               "sessions is one need",
               "Besoins apparus pendant le mois et adressés d'abord à une autre profession que le "
               "généraliste ; une série de séances est un besoin"}};
    case Indicator::other_needs_served:
      return {{"Needs for other professions that were met", "Besoins d'autres professions servis"},
              {"Those whose first session was held during the month",
               "Besoins dont la première séance a eu lieu pendant le mois"}};
    case Indicator::other_needs_not_served:
      return {{"Needs for other professions that were not met",
               "Besoins d'autres professions non servis"},
              {"Those that found no appointment in time and were given up during the month",
               "Besoins sans rendez-vous à temps, abandonnés pendant le mois"}};
    case Indicator::other_sessions:
      return {{"Sessions of other professions", "Séances des autres professions"},
              {"Sessions booked during the month with other professions than the GP",
               "Séances réservées pendant le mois auprès d'autres professions que le "
               "généraliste"}};
    case Indicator::seen_by_substitute:
      return {{"Needs for a GP met by another profession",
               "Besoins de généraliste pris en charge par une autre profession"},
              {"Needs for a GP that a colleague of another profession met in a recognised team",
               "Besoins de généraliste pris en charge par un collègue d'une autre profession dans "
               "une équipe reconnue"}};
    case Indicator::nurse_wait_mean:
      return {{"Mean wait for a nurse", "Délai moyen pour voir un infirmier"},
              {"Mean time from request to the first session booked during the month",
               "Temps moyen entre la demande et la première séance réservée pendant le mois"}};
    case Indicator::nurse_failed_share:
      return {{"Share of requests to a nurse that fail",
               "Part des demandes à un infirmier sans rendez-vous"},
              {"Requests without an appointment in time at the practice asked first, over all "
               "requests of the month",
               "Demandes sans rendez-vous à temps au premier cabinet sollicité, rapportées aux "
               "demandes du mois"}};
    case Indicator::physiotherapist_wait_mean:
      return {{"Mean wait for a physiotherapist", "Délai moyen pour voir un kinésithérapeute"},
              {"Mean time from request to the first session booked during the month",
               "Temps moyen entre la demande et la première séance réservée pendant le mois"}};
    case Indicator::physiotherapist_failed_share:
      return {{"Share of requests to a physiotherapist that fail",
               "Part des demandes à un kinésithérapeute sans rendez-vous"},
              {"Requests without an appointment in time at the practice asked first, over all "
               "requests of the month",
               "Demandes sans rendez-vous à temps au premier cabinet sollicité, rapportées aux "
               "demandes du mois"}};
    case Indicator::dentist_wait_mean:
      return {{"Mean wait for a dentist", "Délai moyen pour voir un chirurgien-dentiste"},
              {"Mean time from request to the first session booked during the month",
               "Temps moyen entre la demande et la première séance réservée pendant le mois"}};
    case Indicator::dentist_failed_share:
      return {{"Share of requests to a dentist that fail",
               "Part des demandes à un chirurgien-dentiste sans rendez-vous"},
              {"Requests without an appointment in time at the practice asked first, over all "
               "requests of the month",
               "Demandes sans rendez-vous à temps au premier cabinet sollicité, rapportées aux "
               "demandes du mois"}};
    case Indicator::midwife_wait_mean:
      return {{"Mean wait for a midwife", "Délai moyen pour voir une sage-femme"},
              {"Mean time from request to the first session booked during the month",
               "Temps moyen entre la demande et la première séance réservée pendant le mois"}};
    case Indicator::midwife_failed_share:
      return {{"Share of requests to a midwife that fail",
               "Part des demandes à une sage-femme sans rendez-vous"},
              {"Requests without an appointment in time at the practice asked first, over all "
               "requests of the month",
               "Demandes sans rendez-vous à temps au premier cabinet sollicité, rapportées aux "
               "demandes du mois"}};
    case Indicator::specialist_wait_mean:
      return {{"Mean wait for a specialist", "Délai moyen pour voir un spécialiste"},
              {"Mean time from request to the first session booked during the month",
               "Temps moyen entre la demande et la première séance réservée pendant le mois"}};
    case Indicator::specialist_failed_share:
      return {{"Share of requests to a specialist that fail",
               "Part des demandes à un spécialiste sans rendez-vous"},
              {"Requests without an appointment in time at the practice asked first, over all "
               "requests of the month",
               "Demandes sans rendez-vous à temps au premier cabinet sollicité, rapportées aux "
               "demandes du mois"}};
    case Indicator::prevention_up_to_date_share:
      return {
          {"Share of adults whose prevention is up to date",
           "Part des adultes à jour de leur prévention"},
          {"Residents 16+ seen for prevention, or reached by a programme, within a few years",
           "Habitants de 16 ans ou plus vus pour de la prévention, ou touchés par un programme, "
           "depuis quelques années au plus"}};
    case Indicator::near_gp_share:
      return {{"Share of residents near a GP who takes patients",
               "Part d'habitants proches d'un généraliste qui prend des patients"},
              {"Residents with a GP below the panel ceiling within 20 minutes",
               "Habitants à moins de 20 minutes d'un généraliste dont la patientèle n'est pas "
               "complète"}};
    case Indicator::satisfaction:
      return {{"Satisfaction with care", "Satisfaction à l'égard des soins"},
              {"An index in [0, 1] of wait, continuity and distance, with assumed weights; not a "
               "measured share",
               "Indice entre 0 et 1 du délai, de la continuité et de la distance, aux poids "
               "supposés ; ce n'est pas une part mesurée"}};
    case Indicator::actions_refused:
      return {{"Actions refused for lack of money", "Actions refusées faute d'argent"},
              {"Levers whose actions the year's budget could not pay, summed over the months",
               "Leviers dont le budget de l'année n'a pas pu payer les actions, mois par mois"}};
    case Indicator::partnership:
      return {{"Partnership with the professionals", "Partenariat avec les professionnels"},
              {"Between 0 and 1; built by regular support, lost without it or after an election",
               "Entre 0 et 1 ; construit par un soutien régulier, perdu sans lui ou après une "
               "élection"}};
    case Indicator::rooms_vacant_share:
      return {{"Share of rooms vacant", "Part des cabinets vides"},
              {"Rooms of the municipality in which nobody practises, over all its rooms",
               "Cabinets de la commune où personne n'exerce, rapportés à tous ses cabinets"}};
    case Indicator::residents_settled:
      return {{"Residents who settled", "Nouveaux habitants"},
              {"People who came to live in the catchment during the month",
               "Personnes venues habiter dans le bassin pendant le mois"}};
    case Indicator::residents_moved_away:
      return {{"Residents who moved away", "Habitants partis"},
              {"Residents who left the catchment during the month",
               "Habitants qui ont quitté le bassin pendant le mois"}};
    case Indicator::warm_up_detected:
      return {{"Warm-up detected", "Durée de mise en route"},
              {"Months from the beginning of the run after which waits, registration and unmet "
               "needs no longer depend on it (MSER-5)",
               "Mois depuis le début du calcul après lesquels délais, suivi par un médecin "
               "traitant et besoins non couverts n'en dépendent plus (MSER-5)"}};
    case Indicator::gp_fte:
      return {{"Full-time equivalents of GPs", "Équivalents temps plein de médecins généralistes"},
              {"Output of the GPs at work; that of a mean self-employed GP is 1",
               "Activité des médecins généralistes en exercice ; celle d'un libéral moyen vaut 1"}};
    case Indicator::gps_in_focus:
      return {{"GPs at work in the commune that acts",
               "Médecins généralistes en exercice dans la commune qui agit"},
              {"What it gains beyond the catchment's gain its neighbours lose",
               "Ce qu'elle gagne au-delà du gain du bassin, ses voisines le perdent"}};
    case Indicator::gp_arrivals:
      return {{"GPs who arrived", "Médecins généralistes arrivés"},
              {"GPs who started work in the catchment during the month, salaried ones included",
               "Médecins généralistes qui ont commencé à exercer dans le bassin pendant le mois, "
               "salariés compris"}};
    case Indicator::gp_departures:
      return {{"GPs who left", "Médecins généralistes partis"},
              {"GPs who stopped work in the catchment during the month, for whatever cause",
               "Médecins généralistes qui ont cessé d'exercer dans le bassin pendant le mois, "
               "quelle qu'en soit la cause"}};
    case Indicator::team_members:
      return {{"Members of the team", "Membres de l'équipe"},
              {"Professionals of the team at the end of the month; 0 without one",
               "Professionnels de l'équipe à la fin du mois ; 0 sans équipe"}};
    case Indicator::team_sites:
      return {{"Sites of the team", "Sites de l'équipe"},
              {"Municipal premises and communes in which members of the team practise",
               "Locaux municipaux et communes où exercent des membres de l'équipe"}};
  }
  return {};
}

Label label(record::CommuneIndicator indicator) {
  using record::CommuneIndicator;
  switch (indicator) {
    case CommuneIndicator::residents:
      return {{"Residents", "Habitants"},
              {"People who live in the commune at the end of the year",
               "Personnes qui habitent la commune à la fin de l'année"}};
    case CommuneIndicator::natural_change:
      return {{"Natural change", "Solde naturel"},
              {"Births less deaths of the year", "Naissances moins décès de l'année"}};
    case CommuneIndicator::net_migration:
      return {{"Net migration", "Solde migratoire"},
              {"Residents who settled less those who moved away, during the year",
               "Habitants arrivés moins habitants partis pendant l'année"}};
    case CommuneIndicator::adults:
      return {{"Residents 16+", "Habitants de 16 ans ou plus"},
              {"Residents aged 16 or more at the end of the year",
               "Habitants de 16 ans ou plus à la fin de l'année"}};
    case CommuneIndicator::adults_without_gp:
      return {{"Residents 16+ without a registered GP",
               "Habitants de 16 ans ou plus sans médecin traitant"},
              {"Residents aged 16 or more who have no registered GP at the end of the year",
               "Habitants de 16 ans ou plus sans médecin traitant à la fin de l'année"}};
    case CommuneIndicator::long_term_without_gp:
      return {{"Residents with a long-term condition without a registered GP",
               "Habitants en ALD sans médecin traitant"},
              {"Residents of any age with a long-term condition who have no registered GP at the "
               "end of the year",
               "Habitants de tout âge en affection de longue durée sans médecin traitant à la fin "
               "de l'année"}};
    case CommuneIndicator::gps:
      return {{"GPs at work", "Médecins généralistes en exercice"},
              {"GPs whose practice is in the commune at the end of the year",
               "Médecins généralistes dont le cabinet est dans la commune à la fin de l'année"}};
    case CommuneIndicator::professionals:
      return {{"Professionals at work", "Professionnels de santé en exercice"},
              {"Health professionals of all professions whose practice is in the commune at the "
               "end of the year",
               "Professionnels de santé de toutes professions dont le cabinet est dans la commune "
               "à la fin de l'année"}};
    case CommuneIndicator::local_accessibility:
      return {{"Local accessibility of GPs (APL)",
               "Accessibilité potentielle localisée aux généralistes (APL)"},
              {"Consultations within reach of the commune per year and standardised resident, at "
               "the end of the year",
               "Consultations accessibles depuis la commune par an et par habitant standardisé, à "
               "la fin de l'année"}};
    case CommuneIndicator::near_gp:
      return {{"Near a GP who takes patients", "Près d'un généraliste qui prend des patients"},
              {"1 if such a GP practises within reach of the commune at the end of the year, 0 if "
               "none does",
               "1 si un tel médecin exerce à portée de la commune à la fin de l'année, 0 sinon"}};
    case CommuneIndicator::needs:
      return {{"Needs for a GP", "Besoins de voir un généraliste"},
              {"Needs of residents of the commune that arose during the year",
               "Besoins d'habitants de la commune apparus pendant l'année"}};
    case CommuneIndicator::emergency_visits:
      return {{"Emergency visits for want of an appointment",
               "Passages aux urgences faute de rendez-vous"},
              {"Needs of residents of the commune that ended in an emergency department during the "
               "year",
               "Besoins d'habitants de la commune qui ont fini aux urgences pendant l'année"}};
    case CommuneIndicator::renunciations:
      return {{"Renunciations", "Renoncements"},
              {"Needs of residents of the commune that were given up during the year",
               "Besoins d'habitants de la commune abandonnés pendant l'année"}};
    case CommuneIndicator::wait_mean:
      return {{"Mean wait for a GP", "Délai moyen pour voir un généraliste"},
              {"Mean time from request to consultation of residents of the commune, wherever the "
               "practice",
               "Temps moyen entre la demande et la consultation des habitants de la commune, quel "
               "que soit le lieu"}};
  }
  return {};
}

Words label(world::Profession profession) {
  switch (profession) {
    case world::Profession::gp:
      return {"general practitioners", "médecins généralistes"};
    case world::Profession::nurse:
      return {"nurses", "infirmiers"};
    case world::Profession::physiotherapist:
      return {"physiotherapists", "kinésithérapeutes"};
    case world::Profession::dentist:
      return {"dentists", "chirurgiens-dentistes"};
    case world::Profession::specialist:
      return {"specialists", "médecins spécialistes"};
    case world::Profession::midwife:
      return {"midwives", "sages-femmes"};
    case world::Profession::pharmacist:
      return {"pharmacists", "pharmaciens titulaires"};
    case world::Profession::advanced_nurse:
      return {"advanced-practice nurses", "infirmiers en pratique avancée"};
    case world::Profession::speech_therapist:
      return {"speech therapists", "orthophonistes"};
    case world::Profession::occupational_therapist:
      return {"occupational therapists", "ergothérapeutes"};
    case world::Profession::psychomotor_therapist:
      return {"psychomotor therapists", "psychomotriciens"};
    case world::Profession::orthoptist:
      return {"orthoptists", "orthoptistes"};
    case world::Profession::dietitian:
      return {"dietitians", "diététiciens"};
    case world::Profession::podiatrist:
      return {"podiatrists", "pédicures-podologues"};
  }
  return {};
}

Words label(record::DepartureCause cause) {
  switch (cause) {
    case record::DepartureCause::still_here:
      return {"still at work", "toujours en exercice"};
    case record::DepartureCause::retirement:
      return {"retirement", "retraite"};
    case record::DepartureCause::relocation:
      return {"relocation", "départ ailleurs"};
    case record::DepartureCause::burnout:
      return {"burnout", "épuisement"};
    case record::DepartureCause::contract_end:
      return {"end of contract", "fin de contrat"};
  }
  return {};
}

Words label(record::Category category) {
  switch (category) {
    case record::Category::works:
      return {"building works", "travaux"};
    case record::Category::subsidy:
      return {"subsidies", "subventions"};
    case record::Category::loan_drawn:
      return {"loan drawn", "emprunt souscrit"};
    case record::Category::loan_repaid:
      return {"loan repaid", "remboursement d'emprunt"};
    case record::Category::loan_interest:
      return {"loan interest", "intérêts d'emprunt"};
    case record::Category::rent:
      return {"rents", "loyers"};
    case record::Category::running_cost:
      return {"running costs", "charges de fonctionnement"};
    case record::Category::premises_lease:
      return {"lease of temporary premises", "location de locaux provisoires"};
    case record::Category::posts_funded:
      return {"posts funded", "postes financés"};
    case record::Category::project_support:
      return {"support to the team's project", "soutien au projet de l'équipe"};
    case record::Category::access_support:
      return {"help with access to care", "aide à l'accès aux soins"};
    case record::Category::aid_paid:
      return {"aid to settle and housing", "aides à l'installation et au logement"};
    case record::Category::wages:
      return {"wages and charges of salaried GPs", "salaires et charges des médecins salariés"};
    case record::Category::fees:
      return {"fees collected", "actes facturés"};
    case record::Category::lump_sums:
      return {"lump sums from the health insurance", "forfaits de l'assurance maladie"};
    case record::Category::prevention:
      return {"prevention programme", "programme de prévention"};
    case record::Category::population_grant:
      return {"grant for the work with the population",
              "dotation de l'assurance maladie au centre participatif"};
    case record::Category::post_subsidy:
      return {"posts paid by the health insurance",
              "postes pris en charge par l'assurance maladie"};
    case record::Category::steering:
      return {"steering committee", "comité de pilotage"};
  }
  return {};
}

Words label(record::Account account) {
  switch (account) {
    case record::Account::municipality:
      return {"municipality", "commune"};
    case record::Account::state:
      return {"State", "État"};
    case record::Account::region:
      return {"Region", "Région"};
    case record::Account::bank:
      return {"bank", "banque"};
    case record::Account::suppliers:
      return {"suppliers", "fournisseurs"};
    case record::Account::staff:
      return {"staff", "personnel"};
    case record::Account::tenants:
      return {"tenants", "locataires"};
    case record::Account::professionals:
      return {"professionals", "professionnels"};
    case record::Account::health_insurance:
      return {"health insurance", "assurance maladie"};
    case record::Account::department:
      return {"department", "département"};
    case record::Account::health_agency:
      return {"regional health agency", "agence régionale de santé (ARS)"};
  }
  return {};
}

std::optional<Words> team_stage_label(int stage) {
  static constexpr std::array<Words, 7> words{{{"no project", "aucun projet"},
                                               {"nucleus", "noyau"},
                                               {"diagnosis", "diagnostic"},
                                               {"project drafted", "projet de santé rédigé"},
                                               {"submitted", "déposé"},
                                               {"recognised", "reconnu"},
                                               {"funded (ACI)", "financé (ACI)"}}};
  if (stage < 0 || stage >= static_cast<int>(words.size())) return std::nullopt;
  return words[static_cast<std::size_t>(stage)];
}

}  // namespace analysis
