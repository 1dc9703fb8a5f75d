#include "care/salaried_posts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "care/arrival.hpp"
#include "care/departure.hpp"
#include "care/municipality.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;
using support::table;
using world::DepartureCause;
using world::Profession;

/// Posts from the first day, in a town whose other GPs neither come nor leave.
experiment::Experiment town_with(scenario::Strategy strategy,
                                 std::vector<std::pair<std::string, double>> values = {},
                                 int residents = 20'000, int years = 10) {
  auto scenario = support::scenario_of({std::move(strategy)}, years);
  scenario.warm_up_months = 1;
  values.push_back(support::no_demand());
  scenario.parameters = support::parameters_with(values);
  return support::experiment_of(scenario, {{residents, {2, 0, 0, 0}}});
}

std::vector<record::Stay> salaried_stays(const experiment::RunRecord& run) {
  std::vector<record::Stay> stays;  // nobody else comes: see the parameters of each test
  for (const record::Stay& stay : run.stays) {
    if (!stay.here_at_start) stays.push_back(stay);
  }
  return stays;
}

TEST(SalariedCandidates, AreToTheOthersAsThoseWhoPreferASalaryAre) {
  SalariedParameters p = table().salaried;
  p.posts[0].preferred_share = 0.2;
  const double others = candidate_rate(Profession::gp, 10'000, table().arrival).per_year;
  EXPECT_DOUBLE_EQ(salaried_candidate_rate(Profession::gp, 10'000, table().arrival, p).per_year,
                   others / 4);
  p.posts[0].preferred_share = 0;
  EXPECT_EQ(salaried_candidate_rate(Profession::gp, 10'000, table().arrival, p).per_year, 0);
}

TEST(Recruitment, FillsAPostInTheUsualTimeAsLongAsThereAreCandidates) {
  PostParameters p;
  p.months_to_recruit = 6;
  EXPECT_DOUBLE_EQ(recruitment_rate(1, {10}, p).per_year, 2);
  EXPECT_DOUBLE_EQ(recruitment_rate(4, {10}, p).per_year, 2);
  EXPECT_DOUBLE_EQ(recruitment_rate(10, {10}, p).per_year, 1) << "ten posts share ten candidates";
  EXPECT_EQ(recruitment_rate(3, {0}, p).per_year, 0);
  EXPECT_EQ(recruitment_rate(0, {10}, p).per_year, 0);
}

TEST(PostRegister, KeepsTheLuckOfAPostWhateverHappensToTheOthers) {
  const world::Luck luck{.seed = 5, .replication = 0};
  const world::ProfessionalId someone{7}, another{8};
  constexpr Rate soon{1e6};
  PostRegister one, three;
  one.provide(Profession::nurse, 1, luck);
  three.provide(Profession::nurse, 3, luck);
  EXPECT_EQ(three.search(Profession::nurse, 3, {1}, soon), (std::vector<std::size_t>{0, 1, 2}));
  const Hire third = three.hire(Profession::nurse, 2, another, luck);
  const Hire alone = one.hire(Profession::nurse, 0, someone, luck);
  const Hire first = three.hire(Profession::nurse, 0, someone, luck);
  EXPECT_EQ(first.luck, alone.luck);
  EXPECT_NE(first.luck, third.luck);
  EXPECT_EQ(first.contract.time_left({1}), alone.contract.time_left({1}));

  EXPECT_EQ(three.held(Profession::nurse), 2);
  EXPECT_EQ(three.held(Profession::gp), 0);
  EXPECT_EQ(three.holders_beyond(Profession::nurse, 1),
            std::vector<world::ProfessionalId>{another});
  three.vacate(someone);
  EXPECT_EQ(three.held(Profession::nurse), 1);
  EXPECT_NE(three.hire(Profession::nurse, 0, someone, luck).luck, first.luck) << "the next one";
}

TEST(SalariedPosts, AllFillSoonWhereCandidatesAboundAndNobodyLeaves) {
  const auto run = support::play(town_with(support::strategy({{Lever::salaried_posts, 4, {}}}),
                                           {{"salaried_recruit_months", 0.2},
                                            {"time_cds_open", 6},
                                            {"salaried_gp_turnover", 0},
                                            {"young_gp_accept_salaried_offer", 0.999},
                                            {"area_attraction", -50}},
                                           20'000, 4))
                       .front();
  EXPECT_EQ(salaried_stays(run).size(), 4U);
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms), 4);
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms_occupied), 4);
}

TEST(SalariedPosts, StayEmptyAndCostNothingWithoutCandidates) {
  const auto run = support::play(town_with(support::strategy({{Lever::salaried_posts, 4, {}}}),
                                           support::no_candidates()))
                       .front();
  EXPECT_EQ(salaried_stays(run).size(), 0U);
  EXPECT_TRUE(run.ledger.empty());
}

TEST(SalariedPosts, TakeAYearEachToFillAndLoseAGpInSevenYears) {
  const auto experiment = town_with(
      support::strategy({{Lever::salaried_posts, 5, {}}}),
      {{"time_cds_open", 6}, {"young_gp_accept_salaried_offer", 0.9}, {"area_attraction", -50}});
  double person_years = 0, ends = 0, vacant_years = 0, hires = 0;
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    const auto run = support::play(experiment, replication).front();
    const int days = 3653;
    double filled = 0;
    for (const record::Stay& stay : salaried_stays(run)) {
      filled += stay.departure_day - stay.arrival_day;
      if (stay.cause == DepartureCause::contract_end) ends += 1;
      EXPECT_NE(stay.cause, DepartureCause::relocation);
      EXPECT_NE(stay.cause, DepartureCause::burnout);
      hires += 1;
    }
    person_years += filled / 365.25;
    vacant_years += (5 * days - filled) / 365.25;
  }
  // Five standard errors of a Poisson count around 0.14 per person-year.
  EXPECT_NEAR(ends / person_years, 0.14, 5 * std::sqrt(0.14 / person_years));
  // About one hire per vacant year. The search begins before the doors open, and ends on the first
  // of a month: both are within a tenth.
  EXPECT_NEAR(hires / vacant_years, 1, 0.1 + 5 * std::sqrt(1 / vacant_years));
}

/// A post of one profession, from the first day.
scenario::Action posts_of(Profession profession, double number) {
  scenario::Action action{Lever::salaried_posts, number, {}};
  action.profession = world::index(profession);
  return action;
}

TEST(SalariedPosts, AreOfTheProfessionTheyAreOfferedTo) {
  const std::vector<std::pair<std::string, double>> soon{{"salaried_recruit_months_other", 0.2},
                                                         {"salaried_recruit_months", 0.2},
                                                         {"time_cds_open", 6},
                                                         {"salaried_gp_turnover", 0},
                                                         {"other_retirement_hazard", 0},
                                                         {"salaried_preferred_other", 0.999},
                                                         {"young_gp_accept_salaried_offer", 0.999},
                                                         {"area_attraction", -50}};
  const std::vector<scenario::Action> actions{posts_of(Profession::nurse, 3),
                                              posts_of(Profession::gp, 2),
                                              posts_of(Profession::dentist, 1)};
  const auto run = support::play(town_with(support::strategy(actions), soon, 20'000, 4)).front();
  std::map<Profession, int> hired;
  for (const record::Stay& stay : salaried_stays(run)) ++hired[stay.profession];
  EXPECT_EQ(hired, (std::map<Profession, int>{
                       {Profession::gp, 2}, {Profession::nurse, 3}, {Profession::dentist, 1}}));
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms), 6);
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms_occupied), 6);

  std::vector<scenario::Action> reversed(actions.rbegin(), actions.rend());
  EXPECT_TRUE(support::same_numbers(
      run, support::play(town_with(support::strategy(reversed), soon, 20'000, 4)).front()))
      << "the order of actions does not matter";
}

TEST(SalariedPosts, OfOneProfessionLeaveTheHiresOfTheOthersAsTheyAre) {
  const auto days_of_gps = [](const experiment::RunRecord& run) {
    std::vector<std::pair<int, int>> days;
    for (const record::Stay& stay : salaried_stays(run)) {
      if (stay.profession == Profession::gp) {
        days.emplace_back(stay.arrival_day, stay.departure_day);
      }
    }
    return days;
  };
  const std::vector<std::pair<std::string, double>> values{{"area_attraction", -50}};
  const auto alone =
      support::play(town_with(support::strategy({posts_of(Profession::gp, 3)}), values));
  const auto beside = support::play(town_with(
      support::strategy({posts_of(Profession::gp, 3), posts_of(Profession::nurse, 4)}), values));
  EXPECT_EQ(days_of_gps(alone.front()), days_of_gps(beside.front()));
  EXPECT_FALSE(days_of_gps(alone.front()).empty());
  EXPECT_TRUE(support::same_numbers(
      alone.front(), support::play(town_with(support::strategy({posts_of(Profession::gp, 3),
                                                                posts_of(Profession::nurse, 0)}),
                                             values))
                         .front()))
      << "no post changes nothing at all";
}

TEST(SalariedPosts, OfOtherProfessionsCostWagesAndBringInFees) {
  const SalariedParameters& p = table().salaried;
  for (const Profession profession : {Profession::nurse, Profession::dentist}) {
    const PostParameters& post = p.posts[world::index(profession)];
    Ledger ledger;
    for (int month = 0; month < 12; ++month) pay_posts(profession, 1, 30 * month, p, ledger);
    std::map<record::Category, double> euros;
    for (const auto& entry : ledger.entries()) {
      euros[entry.category] += static_cast<double>(entry.cents) / 100;
    }
    EXPECT_NEAR(euros[record::Category::wages], post.gross_salary * p.employer_ratio, 1);
    EXPECT_NEAR(euros[record::Category::fees], post.fees * (1 - p.rejected_share), 1);
    EXPECT_EQ(ledger.sum_of_balances().value, 0);
  }
}

TEST(SalariedPosts, EndWhenTheyAreStopped) {
  scenario::Strategy strategy = support::strategy({{Lever::salaried_posts, 4, {}}});
  scenario::Stop stop{Lever::salaried_posts, {}};
  stop.when.from_day = 5 * 365;
  strategy.stops.push_back(stop);
  const auto experiment = town_with(
      strategy, {{"time_cds_open", 6}, {"salaried_recruit_months", 4}, {"area_attraction", -50}});
  std::size_t ended = 0;
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    const auto run = support::play(experiment, replication).front();
    for (const record::Stay& stay : salaried_stays(run)) {
      if (stay.profession != Profession::gp) continue;
      EXPECT_NE(stay.cause, DepartureCause::still_here);
      EXPECT_LT(stay.departure_day, 5 * 365 + 32) << "the next first of a month";
      ++ended;
    }
    EXPECT_EQ(support::at_the_end(run, Indicator::rooms), 0);
    for (const auto& entry : run.ledger) EXPECT_LT(entry.day, 5 * 365 + 32);
  }
  EXPECT_GT(ended, 0U);
}

TEST(SalariedPosts, AreBudgetedAtTheDeficitThatCentresPublish) {
  const double deficit = table().salaried.planned_deficit;
  EXPECT_EQ(deficit, 33'000);
  const auto months_refused = [](double yearly_budget) {
    auto scenario = support::scenario_of({support::strategy({{Lever::salaried_posts, 1, {}}})}, 2);
    scenario.parameters = support::parameters_with(support::no_candidates());
    scenario.yearly_budget = yearly_budget;
    const auto run = support::play(support::experiment_of(scenario, {{500, {1, 0, 0, 0}}})).front();
    return support::total(run, Indicator::actions_refused);
  };
  EXPECT_EQ(months_refused(deficit - 1), 24);
  EXPECT_EQ(months_refused(deficit + 1), 0);
}

/// Four posts fill the budget but for 1,000 EUR. Whatever else is begun later is cheaper than a
/// post, and takes the money of one as soon as its holder retires.
TEST(SalariedPosts, KeepTheirHoldersWhereTheBudgetCannotFillAVacantOne) {
  scenario::Condition later;
  later.from_day = 2 * 366;
  auto scenario = support::scenario_of(
      {support::strategy({{Lever::salaried_posts, 4, {}}, {Lever::partnership, 1, later}})}, 10);
  scenario.warm_up_months = 1;
  scenario.parameters = support::parameters_with({support::no_demand(),
                                                  {"salaried_recruit_months", 0.2},
                                                  {"time_cds_open", 6},
                                                  {"salaried_gp_turnover", 0},
                                                  {"young_gp_accept_salaried_offer", 0.999},
                                                  {"entry_age_median", 64},
                                                  {"area_attraction", -50}});
  const Parameters p = read_parameters(scenario.parameters);
  const double a_year = p.salaried.planned_deficit;
  ASSERT_LT(1'000, p.municipal.partnership_cost);
  ASSERT_LT(p.municipal.partnership_cost, a_year);
  scenario.yearly_budget = 4 * a_year + 1'000;

  const auto experiment = support::experiment_of(scenario, {{20'000, {2, 0, 0, 0}}});
  int retired = 0;
  double refused = 0;
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    const auto run = support::play(experiment, replication).front();
    for (const record::Stay& stay : salaried_stays(run)) {
      EXPECT_NE(stay.cause, DepartureCause::contract_end) << "nobody has ended a contract";
      if (stay.cause == DepartureCause::retirement) ++retired;
    }
    refused += support::total(run, Indicator::actions_refused);
  }
  EXPECT_GT(retired, 0);
  EXPECT_GT(refused, 0);
}

/// Held against the deficits read in nine municipal budgets (`cds_deficit_per_gp`: 33,000 EUR, from
/// 0 to 80,000), which set no parameter.
TEST(SalariedPosts, LeaveTheCommuneADeficitOfTheOrderReadInMunicipalBudgets) {
  Ledger ledger;
  const double consultations = 4220 / 12.0;
  for (int month = 0; month < 12; ++month) {
    pay_posts(Profession::gp, 1, month * 30, table().salaried, ledger);
    collect_fees(std::lround(consultations), month * 30, table().salaried, ledger);
  }
  const double deficit = -static_cast<double>(ledger.balance(Account::municipality).value) / 100;
  RecordProperty("deficit_per_gp", std::to_string(deficit));
  EXPECT_GT(deficit, -10'000);
  EXPECT_LT(deficit, 80'000);
  EXPECT_EQ(ledger.sum_of_balances().value, 0);
}

TEST(SalariedPosts, BringInTheFeesOfConsultationsHeld) {
  auto scenario = support::scenario_of({support::strategy({{Lever::salaried_posts, 3, {}}})}, 3);
  scenario.parameters = support::parameters_with({{"time_cds_open", 6},
                                                  {"salaried_recruit_months", 4},
                                                  {"young_gp_accept_salaried_offer", 0.35},
                                                  {"area_attraction", -1}});
  const auto run = support::play(support::experiment_of(scenario, {{5'000, {1, 2, 0, 0}}})).front();
  std::map<record::Category, double> euros;
  for (const auto& entry : run.ledger) {
    euros[entry.category] += static_cast<double>(entry.cents) / 100;
  }
  EXPECT_GT(euros[record::Category::wages], 100'000);
  EXPECT_GT(euros[record::Category::fees], 0);
  const double consultations = euros[record::Category::fees] / (30 * 0.9);
  EXPECT_LT(consultations, support::total(run, Indicator::seen_by_registered_gp) +
                               support::total(run, Indicator::seen_by_another_gp));
  EXPECT_NEAR(euros[record::Category::lump_sums] / euros[record::Category::fees], 0.2 / 0.65, 1e-3);
}

TEST(ContractEnd, ReplacesRelocationAndBurnoutForTheSalaried) {
  Situation who;
  who.age = 45;
  who.years_here = 1;
  EXPECT_EQ(contract_end_rate(who, table().departure).per_year, 0);
  who.salaried = true;
  EXPECT_DOUBLE_EQ(contract_end_rate(who, table().departure).per_year, 0.14);
  EXPECT_EQ(relocation_rate(who, table().departure).per_year, 0);
  EXPECT_EQ(burnout_rate(who, table().departure).per_year, 0);
  who.load = 2;
  EXPECT_DOUBLE_EQ(contract_end_rate(who, table().departure).per_year, 0.14 * 1.5);
}

TEST(Stop, EndsTheActionsOnItsLeverForGood) {
  scenario::Strategy strategy =
      support::strategy({{Lever::partnership, 1, {}}, {Lever::fund_coordinator, 0.5, {}}});
  scenario::Stop stop{Lever::partnership, {}};
  stop.when.professionals_at_least = 5;
  strategy.stops = {stop};
  Stopped stopped{};
  Observed seen;
  seen.professionals = 4;
  note_stops(strategy, seen, stopped);
  EXPECT_EQ(means_of(strategy, seen, stopped).partnership, 1);
  seen.professionals = 5;
  note_stops(strategy, seen, stopped);
  EXPECT_EQ(means_of(strategy, seen, stopped).partnership, 0);
  EXPECT_EQ(means_of(strategy, seen, stopped).coordinator_fte, 0.5) << "other levers act on";
  seen.professionals = 4;
  note_stops(strategy, seen, stopped);
  EXPECT_EQ(means_of(strategy, seen, stopped).partnership, 0) << "for good";
}

TEST(HandedOver, ABuildingIsRunAtTheTenantsExpense) {
  const MunicipalParameters& p = table().municipal;
  const auto running = [&](double share, Account payer) {
    Ledger ledger;
    Building building(10, new_building(p), world::Luck{4, 0}.stream(world::Decision::building, 0),
                      p);
    while (building.stage() != BuildingStage::open)
      building.advance(0, scenario::TeamStage::recognised, p, ledger);
    building.pay_month(0, share, p, ledger);
    std::int64_t cents = 0;
    for (const auto& entry : ledger.entries()) {
      if (entry.category == record::Category::running_cost && entry.payer == payer) {
        cents += entry.cents;
      }
    }
    return cents;
  };
  EXPECT_EQ(running(0, Account::tenants), 0);
  EXPECT_EQ(running(1, Account::municipality), 0);
  EXPECT_EQ(running(1, Account::tenants), running(0, Account::municipality));
  EXPECT_EQ(running(0.3, Account::tenants) + running(0.3, Account::municipality),
            running(0, Account::municipality));
}

}  // namespace
}  // namespace care
