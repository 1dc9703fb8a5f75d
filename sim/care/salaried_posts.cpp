#include "care/salaried_posts.hpp"

#include <algorithm>

#include "care/arrival.hpp"
#include "pdes/sample.hpp"

namespace care {
namespace {

/// The name of a post's luck, and that of a person who takes it: one range a profession.
std::uint64_t name_of_post(world::Profession profession, std::size_t number) {
  return static_cast<std::uint64_t>(profession) << 16 | number;
}
std::uint32_t name_of_holder(world::Profession profession, std::size_t number,
                             std::uint32_t hires) {
  return 1U << 25 | static_cast<std::uint32_t>(profession) << 20 |
         static_cast<std::uint32_t>(number) << 12 | hires;
}

}  // namespace

using world::cents;
using world::Decision;
using world::HazardClock;
using world::index;
using world::months_per_year;
using world::no_professional;
using world::Profession;
using world::ProfessionalId;

bool PostRegister::empty() const {
  return std::all_of(posts_.begin(), posts_.end(), [](const auto& posts) { return posts.empty(); });
}

int PostRegister::held(Profession profession) const {
  const std::vector<Post>& posts = posts_[index(profession)];
  return static_cast<int>(
      std::count_if(posts.begin(), posts.end(), [](const Post& post) { return post.is_held(); }));
}

void PostRegister::provide(Profession profession, int wanted, const world::Luck& luck) {
  std::vector<Post>& posts = posts_[index(profession)];
  while (posts.size() < static_cast<std::size_t>(wanted)) {
    pdes::Stream stream =
        luck.stream(Decision::salaried_post, name_of_post(profession, posts.size()));
    posts.push_back({HazardClock(pdes::unit_exponential(stream)), 0, no_professional});
  }
}

std::vector<ProfessionalId> PostRegister::holders_beyond(Profession profession, int wanted) const {
  const std::vector<Post>& posts = posts_[index(profession)];
  std::vector<ProfessionalId> holders;
  for (auto number = static_cast<std::size_t>(wanted); number < posts.size(); ++number) {
    if (posts[number].is_held()) holders.push_back(posts[number].holder);
  }
  return holders;
}

std::vector<std::size_t> PostRegister::search(Profession profession, int wanted, world::Years span,
                                              Rate rate) {
  std::vector<std::size_t> found;
  for (std::size_t number = 0; number < static_cast<std::size_t>(wanted); ++number) {
    Post& post = posts_[index(profession)][number];
    if (post.is_held()) continue;
    post.recruitment.spend(span, rate);
    if (post.recruitment.rings()) found.push_back(number);
  }
  return found;
}

Hire PostRegister::hire(Profession profession, std::size_t number, ProfessionalId holder,
                        const world::Luck& luck) {
  Post& post = posts_[index(profession)][number];
  Hire hire;
  hire.luck = name_of_holder(profession, number, post.hires++);
  pdes::Stream stream =
      luck.stream(Decision::salaried_post, name_of_post(profession, number), post.hires);
  hire.contract = HazardClock(pdes::unit_exponential(stream));
  post.recruitment = HazardClock(pdes::unit_exponential(stream));
  post.holder = holder;
  return hire;
}

void PostRegister::vacate(ProfessionalId holder) {
  for (std::vector<Post>& posts : posts_) {
    for (Post& post : posts) {
      if (post.holder == holder) post.holder = no_professional;
    }
  }
}

Rate salaried_candidate_rate(world::Profession profession, int residents,
                             const ArrivalParameters& arrival, const SalariedParameters& p) {
  const double settling = candidate_rate(profession, residents, arrival).per_year;
  const double preferred = p.posts[world::index(profession)].preferred_share;
  return {settling * preferred / (1 - preferred)};
}

Rate recruitment_rate(int vacancies, Rate candidates, const PostParameters& p) {
  if (vacancies <= 0) return {0};
  return {std::min(months_per_year / p.months_to_recruit, candidates.per_year / vacancies)};
}

void pay_posts(world::Profession profession, int filled, std::int32_t day,
               const SalariedParameters& p, Ledger& ledger) {
  const PostParameters& post = p.posts[world::index(profession)];
  const double wages = filled * post.gross_salary * p.employer_ratio;
  const double support = filled * post.support_fte * p.support_cost;
  const double other = (wages + support) * (1 / p.personnel_share - 1);
  const double subsidy = filled * post.gross_salary * p.contribution_subsidy;
  const double fees = filled * post.fees * (1 - p.rejected_share);
  ledger.pay(day, Account::municipality, Account::staff, cents(wages / months_per_year),
             Category::wages);
  ledger.pay(day, Account::municipality, Account::staff, cents(support / months_per_year),
             Category::posts_funded);
  ledger.pay(day, Account::municipality, Account::suppliers, cents(other / months_per_year),
             Category::running_cost);
  ledger.pay(day, Account::health_insurance, Account::municipality,
             cents(subsidy / months_per_year), Category::post_subsidy);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees / months_per_year),
             Category::fees);
}

void collect_fees(std::int64_t consultations, std::int32_t day, const SalariedParameters& p,
                  Ledger& ledger) {
  const double fees = static_cast<double>(consultations) * p.fee * (1 - p.rejected_share);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees), Category::fees);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees * p.lump_sum_ratio),
             Category::lump_sums);
}

}  // namespace care
