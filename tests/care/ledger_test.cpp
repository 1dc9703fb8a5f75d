#include "care/ledger.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pdes/stream.hpp"

namespace care {
namespace {

TEST(Ledger, MovesMoneyFromOneAccountToAnother) {
  Ledger ledger;
  ledger.pay(3, Account::state, Account::municipality, {500}, Category::subsidy);
  ledger.pay(5, Account::municipality, Account::suppliers, {120}, Category::works);
  EXPECT_EQ(ledger.balance(Account::state).value, -500);
  EXPECT_EQ(ledger.balance(Account::municipality).value, 380);
  EXPECT_EQ(ledger.balance(Account::suppliers).value, 120);
  EXPECT_EQ(ledger.balance(Account::bank).value, 0);

  ASSERT_EQ(ledger.entries().size(), 2U);
  record::LedgerEntry works;
  works.day = 5;
  works.payer = Account::municipality;
  works.payee = Account::suppliers;
  works.category = Category::works;
  works.cents = 120;
  EXPECT_EQ(ledger.entries()[1], works);
}

TEST(Ledger, LeavesNoEntryForNothing) {
  Ledger ledger;
  ledger.pay(0, Account::state, Account::municipality, {0}, Category::subsidy);
  EXPECT_TRUE(ledger.entries().empty());
}

TEST(Ledger, HasBalancesThatAreTheEntriesAddedUpAndThatSumToZero) {
  pdes::Stream stream({.seed = 1});
  Ledger ledger;
  constexpr auto accounts = record::account_names.size();
  std::array<std::int64_t, accounts> expected{};
  for (int entry = 0; entry < 500; ++entry) {
    const auto payer = static_cast<std::size_t>(stream.uniform() * accounts);
    const auto payee = static_cast<std::size_t>(stream.uniform() * accounts);
    const auto amount = static_cast<std::int64_t>(stream.uniform() * 1e9);
    ledger.pay(entry, static_cast<Account>(payer), static_cast<Account>(payee), {amount},
               Category::works);
    expected[payer] -= amount;
    expected[payee] += amount;
    EXPECT_EQ(ledger.sum_of_balances().value, 0);
  }
  for (std::size_t account = 0; account < accounts; ++account) {
    EXPECT_EQ(ledger.balance(static_cast<Account>(account)).value, expected[account]);
  }
}

struct Case {
  std::int64_t cents;
  double rate;
  double years;
};

class LoanOf : public testing::TestWithParam<Case> {};

TEST_P(LoanOf, IsRepaidToTheCentInItsMonths) {
  const auto [cents, rate, years] = GetParam();
  Loan loan(Cents{cents}, rate, years);
  std::int64_t principals = 0;
  const int months = static_cast<int>(std::lround(years * 12));
  for (int month = 0; month < months; ++month) {
    const Loan::Instalment due = loan.pay_month();
    EXPECT_GE(due.principal.value, 0);
    EXPECT_GE(due.interest.value, 0);
    principals += due.principal.value;
    EXPECT_EQ(loan.outstanding().value, cents - principals);
  }
  EXPECT_EQ(principals, cents);
  const Loan::Instalment after = loan.pay_month();
  EXPECT_EQ(after.principal.value + after.interest.value, 0) << "nothing is due any more";
}

/// The instalment by the formula of an annuity, written as a sum instead: what n instalments are
/// worth on the first day is the principal.
TEST_P(LoanOf, HasEqualInstalmentsWorthThePrincipalOnTheFirstDay) {
  const auto [cents, rate, years] = GetParam();
  Loan loan(Cents{cents}, rate, years);
  const int months = static_cast<int>(std::lround(years * 12));
  double worth_of_one = 0;
  for (int month = 1; month <= months; ++month) worth_of_one += std::pow(1 + rate / 12, -month);
  const double instalment = static_cast<double>(cents) / worth_of_one;
  for (int month = 1; month < months; ++month) {
    const double before = static_cast<double>(loan.outstanding().value);
    const Loan::Instalment due = loan.pay_month();
    EXPECT_NEAR(static_cast<double>((due.interest + due.principal).value), instalment, 1.0);
    EXPECT_NEAR(static_cast<double>(due.interest.value), before * rate / 12, 0.5 + 1e-6);
  }
  const Loan::Instalment last = loan.pay_month();
  EXPECT_NEAR(static_cast<double>((last.interest + last.principal).value), instalment, months)
      << "the last one takes what rounding left";
}

INSTANTIATE_TEST_SUITE_P(Loans, LoanOf,
                         testing::Values(Case{108'000'000, 0.035, 20}, Case{123'456'789, 0.045, 25},
                                         Case{1'000'00, 0.0, 7}, Case{99'999, 0.025, 15},
                                         Case{50'000'000'01, 0.12, 1}));

TEST(Loan, OfTheEvidencePageCostsSeventySixThousandAYear) {
  // 2.4 M EUR, 55 % subsidised, 20 years at 3.5 %.
  Loan loan(Cents{108'000'000}, 0.035, 20);
  std::int64_t year = 0;
  for (int month = 0; month < 12; ++month) {
    const Loan::Instalment due = loan.pay_month();
    year += (due.interest + due.principal).value;
  }
  EXPECT_NEAR(static_cast<double>(year) / 100, 76'000, 1'000);
}

TEST(Loan, OfNothingIsNeverDue) {
  Loan none;
  EXPECT_EQ(none.pay_month().principal.value, 0);
  Loan zero(Cents{0}, 0.035, 20);
  EXPECT_EQ(zero.pay_month().interest.value, 0);
}

}  // namespace
}  // namespace care
