/// The commune's money: every euro is a dated entry with two sides.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "record/observations.hpp"
#include "world/units.hpp"

namespace care {

using record::Account;
using record::Category;
using world::Cents;

/// Entries in order of date, and the balances that they make.
class Ledger {
 public:
  /// Moves money from one account to another. An amount of zero leaves no entry. Requires an amount
  /// that is not negative and days that never go back.
  void pay(std::int32_t day, Account payer, Account payee, Cents amount, Category category);

  /// Received less paid.
  Cents balance(Account account) const { return balances_[static_cast<std::size_t>(account)]; }
  /// Of all accounts together: zero, always.
  Cents sum_of_balances() const;

  const std::vector<record::LedgerEntry>& entries() const { return entries_; }

 private:
  std::array<Cents, record::account_names.size()> balances_{};
  std::vector<record::LedgerEntry> entries_;
};

/// A loan repaid in equal monthly instalments.
///
///   instalment = principal r / (1 - (1 + r)^-n),  r: monthly rate, n: months
class Loan {
 public:
  Loan() = default;
  Loan(Cents principal, double yearly_rate, double years);
  struct Instalment {
    Cents interest;
    Cents principal;
  };
  /// What is due this month; the last one repays what is left to the cent.
  Instalment pay_month();
  Cents outstanding() const { return outstanding_; }
  /// Of each month but the last.
  Cents instalment() const { return instalment_; }

 private:
  Cents outstanding_{};
  Cents instalment_{};
  double monthly_rate_ = 0;
  int months_left_ = 0;
};

}  // namespace care
