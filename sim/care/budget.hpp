/// What a municipality can pay within the budget of a year.
#pragma once

#include <vector>

#include "care/ledger.hpp"
#include "care/municipality.hpp"

namespace care {

/// What the actions on one lever ask of the budget: so much a month as long as they act, and what
/// is paid at once, such as the aid to the next GP who settles.
struct Claim {
  scenario::Lever lever{};
  Cents per_month;
  Cents at_once;
};

/// What the budget leaves for actions, by two rules at once: an action must fit with a full year of
/// its cost, and what is left of the year must carry it to the year's end.
struct MoneyLeft {
  Cents of_a_full_year;
  Cents of_this_year;
  int months = 12;  ///< of this year, the present one included
};

/// One year's budget and what has been engaged of it.
///
///   left of a full year = B - 12 owed - aid paid this year
///   left of this year   = B - engaged this year - months left x owed
///
/// B: `yearly_budget` of the scenario, owed: what earlier decisions cost in a month (instalments
/// and running of a building less its rents, professionals employed). Assumption A30.
class BudgetYear {
 public:
  explicit BudgetYear(Cents budget) : budget_(budget) {}

  MoneyLeft left(Cents owed_per_month, int months) const;
  void engage_month(Cents amount) { engaged_ += amount; }
  void engage_at_once(Cents amount) { engaged_ += amount, at_once_ += amount; }
  Cents engaged() const { return engaged_; }

 private:
  Cents budget_;
  Cents engaged_;
  Cents at_once_;
};

/// The levers whose actions fail for lack of money this month: all or nothing by lever, the
/// cheapest in a full year first and, at equal cost, in the order of the list of levers. From the
/// first that does not fit, none is paid. What costs nothing is never refused. A larger budget so
/// never pays for fewer actions, and the order of actions in a file does not matter. Assumption
/// A31.
Stopped refused_for_lack_of_money(std::vector<Claim> claims, const MoneyLeft& left);

/// A month's instalment of a building that is not yet paid for, at the median price and with the
/// subsidies that the team's project would bring today.
Cents expected_instalment(int rooms, const Works& works, scenario::TeamStage project,
                          const MunicipalParameters& p);

}  // namespace care
