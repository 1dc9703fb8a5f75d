#include "care/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "pdes/portable_math.hpp"

namespace care {

void Ledger::pay(std::int32_t day, Account payer, Account payee, Cents amount, Category category) {
  assert(amount.value >= 0);
  if (amount.value == 0) return;
  balances_[static_cast<std::size_t>(payer)] += Cents{-amount.value};
  balances_[static_cast<std::size_t>(payee)] += amount;
  record::LedgerEntry entry;
  entry.day = day;
  entry.payer = payer;
  entry.payee = payee;
  entry.category = category;
  entry.cents = amount.value;
  entries_.push_back(entry);
}

Cents Ledger::sum_of_balances() const {
  Cents sum;
  for (const Cents balance : balances_) sum += balance;
  return sum;
}

Loan::Loan(Cents principal, double yearly_rate, double years)
    : outstanding_(principal),
      monthly_rate_(yearly_rate / world::months_per_year),
      months_left_(static_cast<int>(std::lround(years * world::months_per_year))) {
  const double euros = static_cast<double>(principal.value) / 100;
  const double due =
      monthly_rate_ > 0
          ? euros * monthly_rate_ / (1 - pdes::portable::pow(1 + monthly_rate_, -months_left_))
          : euros / months_left_;
  instalment_ = world::cents(due);
}

Loan::Instalment Loan::pay_month() {
  if (outstanding_.value == 0) return {};
  const Cents interest =
      world::cents(static_cast<double>(outstanding_.value) / 100 * monthly_rate_);
  --months_left_;
  const Cents principal =
      months_left_ > 0 ? std::min(outstanding_, instalment_ - interest) : outstanding_;
  outstanding_ = outstanding_ - principal;
  return {interest, principal};
}

}  // namespace care
