using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Models, samples and logits of recipes, worked by hand for GPT-2 from huggingface/trl v1.9.0 trl/trainer.</summary>
public sealed class RecipeTests
{
    private const long Gpt2 = 124_439_808;

    private const long Vocabulary = 50_257;

    private const long Hidden = 768;

    private static readonly TrainingRun Run = new()
    {
        SequenceLength = 128,
        MicroBatchSize = 2,
        Optimizer = Optimizer.AdamWFused,
        Precision = TrainingPrecision.Mixed,
        Recompute = Recomputation.Full,
        AttentionKernel = AttentionKernel.Flash,
    };

    // dpo_trainer.py: ref_model has every weight; with precompute_ref_log_probs there is none.
    [Fact]
    public void The_reference_of_DPO_is_a_copy_of_all_weights()
    {
        var (frozen, none) = (Estimate(Run with { Recipe = Recipe.Dpo }), Estimate(Run with { Recipe = Recipe.Dpo, ReferenceModel = ReferenceModel.None }));

        Assert.Equal(2 * Gpt2, Bytes(frozen, "Reference weights"));
        Assert.Equal(2 * Gpt2, In(frozen, "Optimizer step") - In(none, "Optimizer step"));
        Assert.DoesNotContain(none.Phases, phase => phase.Phase == "Reference forward");
        Assert.Equal("Frozen", frozen.ReferenceModel);
    }

    // use_adapter(model, None): the reference is the base.
    [Fact]
    public void With_an_adapter_the_reference_takes_no_weights()
    {
        var adapter = AdapterBuilder.Build(TrainingModels.Named("gpt2"), new AdapterSpecification { Rank = 8 });
        var (dpo, sft) = (Estimate(Run with { Recipe = Recipe.Dpo, Adapter = adapter }), Estimate(Run with { Adapter = adapter }));

        Assert.DoesNotContain(dpo.Components, component => component.Name == "Reference weights");
        Assert.Equal(In(sft, "Optimizer step"), In(dpo, "Optimizer step"));
        Assert.Contains(dpo.Phases, phase => phase.Phase == "Reference forward");
    }

    // Both samples of a pair in one batch: 2 x 2 x 128 tokens. In 32 bits: the policy's logits, the reference's, and a
    // copy that entropy_from_logits makes of the slice.
    [Fact]
    public void DPO_holds_three_copies_of_the_logits_of_both_samples()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Dpo });
        var copies = estimate.Components.Where(component => component.Phase == "Loss" && component.Formula.Contains($"x {Vocabulary} x", System.StringComparison.Ordinal)).ToList();

        Assert.Equal(3 * 512 * Vocabulary * 4, copies.Sum(component => component.Bytes));
        Assert.Equal(512 * Vocabulary * 4, Bytes(estimate, "Logits in 32 bits, policy"));
        Assert.Equal(512 * Vocabulary * 2, Bytes(estimate, "Logits of the reference as its model gives them"));
    }

    // 16 bits without autocast: log_softmax of each row is kept instead, and nothing is widened.
    [Fact]
    public void Without_autocast_the_copies_are_as_wide_as_the_weights()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Dpo, Precision = TrainingPrecision.Pure });

        Assert.Equal(512 * Vocabulary * 2, Bytes(estimate, "Log-softmax of the logits"));
        Assert.DoesNotContain(estimate.Components, component => component.Name.Contains("in 32 bits, policy", System.StringComparison.Ordinal));
    }

    // orpo_trainer.py: logits, gradients of the rows, two temporaries of a row of 128 tokens, log-softmax of the chosen half.
    [Fact]
    public void ORPO_has_a_cross_entropy_of_the_chosen_half_and_no_reference()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Orpo });
        var copies = estimate.Components.Where(component => component.Phase == "Loss" && component.Formula.Contains($"x {Vocabulary} x", System.StringComparison.Ordinal));

        Assert.Equal((512 + 512 + 256 + 256) * Vocabulary * 4, copies.Sum(component => component.Bytes));
        Assert.DoesNotContain(estimate.Components, component => component.Name.Contains("eference", System.StringComparison.Ordinal));
    }

    // GenericForSequenceClassification: a score of 768 weights; GPT-2's head is its embedding, which stays.
    [Fact]
    public void A_reward_model_has_a_score_in_the_place_of_its_head()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Reward });

        Assert.Equal(2 * (Gpt2 + Hidden), Bytes(estimate, "Weights"));
        Assert.Equal(512 * 4, Bytes(estimate, "Scores"));
        Assert.Equal(2 * Hidden, Bytes(estimate, "Gradient of the head"));
        Assert.DoesNotContain(estimate.Components, component => component.Name.StartsWith("Logits", System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_head_of_its_own_is_not_loaded_for_a_reward_model()
    {
        var sft = TrainingFrameworks.TrlTrainer.Estimate(TrainingModels.Named("llama-3.1-8b"), Run);
        var reward = TrainingFrameworks.TrlTrainer.Estimate(TrainingModels.Named("llama-3.1-8b"), Run with { Recipe = Recipe.Reward });

        Assert.Equal(2 * ((128_256L * 4096) - 4096), Bytes(sft, "Weights") - Bytes(reward, "Weights"));
    }

    // grpo_config.py: beta = 0.0, with which grpo_trainer.py makes no ref_model.
    [Fact]
    public void GRPO_has_a_reference_where_beta_is_above_0()
    {
        var grpo = Run with { Recipe = Recipe.Grpo, CompletionLength = 64 };
        var (plain, compared) = (Estimate(grpo), Estimate(grpo with { ReferenceModel = ReferenceModel.Frozen }));

        Assert.Equal("None", plain.ReferenceModel);
        Assert.Equal(["Loss", "Backward", "End of backward", "Optimizer step", "Rollout"], plain.Phases.Select(phase => phase.Phase));
        Assert.Equal(["Loss", "Backward", "End of backward", "Optimizer step", "Reference forward", "Rollout"], compared.Phases.Select(phase => phase.Phase));
        foreach (var phase in plain.Phases)
        {
            Assert.Equal(2 * Gpt2, In(compared, phase.Phase) - phase.TotalBytes);
        }
    }

    // logits_to_keep + 1: 65 of each of 2 samples. The reference runs before the policy: it finds nothing that was kept.
    [Fact]
    public void GRPO_has_logits_of_completions_alone()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Grpo, CompletionLength = 64, ReferenceModel = ReferenceModel.Frozen });

        Assert.Equal(2 * 65 * Vocabulary * 4, Bytes(estimate, "Logits in 32 bits"));
        Assert.DoesNotContain(estimate.Components, component => component.Name == "Inputs of layers" && component.Phase.Contains("Reference", System.StringComparison.Ordinal));
    }

    // 2 samples x 4 passes x 128 tokens x 12 layers x keys and values of 768 x 2 bytes.
    [Fact]
    public void All_completions_of_a_step_are_generated_at_once()
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Grpo, CompletionLength = 64, GradientAccumulation = 4 });

        Assert.Equal(2 * 4 * 128 * 12 * 2 * Hidden * 2, Bytes(estimate, "KV cache of the completions"));
    }

    [Fact]
    public void More_completions_never_take_less()
    {
        var sizes = new[] { 1, 2, 4, 8, 16 }.Select(count => Estimate(Run with { Recipe = Recipe.Grpo, MicroBatchSize = count })).ToList();

        foreach (var phase in sizes[0].Phases.Select(phase => phase.Phase))
        {
            Assert.Equal(sizes.Select(size => In(size, phase)).Order(), sizes.Select(size => In(size, phase)));
        }

        Assert.True(In(sizes[4], "Rollout") > In(sizes[0], "Rollout"));
    }

    [Fact]
    public void An_engine_of_its_own_keeps_its_share_in_every_phase()
    {
        var grpo = Run with { Recipe = Recipe.Grpo, CompletionLength = 64 };
        var (own, beside) = (Estimate(grpo), Estimate(grpo with { RolloutMemory = 3_000_000_000 }));

        Assert.Equal(3_000_000_000, In(beside, "Optimizer step") - In(own, "Optimizer step"));
        Assert.DoesNotContain(beside.Components, component => component.Name == "KV cache of the completions");
    }

    [Theory]
    [InlineData("DDP", 1)]
    [InlineData("ZeRO2", 1)]
    [InlineData("ZeRO3", 4)]
    [InlineData("FSDP", 4)]
    public void The_reference_is_split_where_weights_are(string sharding, int parts)
    {
        var estimate = Estimate(Run with { Recipe = Recipe.Dpo, Sharding = Sharding.All.Find(sharding), DataParallel = 4 });

        Assert.Equal(2 * Gpt2 / parts, Bytes(estimate, "Reference weights"));
        Assert.Equal(parts > 1, estimate.Components.Any(component => component.Name == "Gathered units of the reference"));
    }

    // ds3_gather_for_generation gathers all weights; FSDP's root unit and a layer are less.
    [Fact]
    public void Stage_3_gathers_all_weights_to_generate()
    {
        var grpo = Run with { Recipe = Recipe.Grpo, DataParallel = 4 };

        Assert.Equal(2 * Gpt2, Bytes(Estimate(grpo with { Sharding = Sharding.ZeroThree }), "Weights gathered to generate"));
        Assert.InRange(Bytes(Estimate(grpo with { Sharding = Sharding.FullShard }), "Weights gathered to generate"), 2 * Vocabulary * Hidden, 2 * Gpt2 / 2);
    }

    [Fact]
    public void Fine_tuning_is_as_it_was()
    {
        var (said, unsaid) = (Estimate(Run with { Recipe = Recipe.Sft }), Estimate(Run));

        Assert.Equal(unsaid.Components.Select(component => (component.Name, component.Bytes)), said.Components.Select(component => (component.Name, component.Bytes)));
        Assert.Equal(("SFT", null), (said.Recipe, unsaid.Recipe));
    }

    [Theory]
    [InlineData("TRL", "GRPO", true)]
    [InlineData("Axolotl", "ORPO", true)]
    [InlineData("LLaMAFactory", "DPO", true)]
    [InlineData("LLaMAFactory", "GRPO", false)]
    [InlineData("HFTrainer", "DPO", false)]
    [InlineData("TorchLoop", "Reward", false)]
    [InlineData("torchtune", "DPO", false)]
    [InlineData("LitGPT", "ORPO", false)]
    [InlineData("Megatron", "GRPO", false)]
    public void A_framework_has_its_own_recipes(string framework, string recipe, bool isThere)
    {
        var error = Record.Exception(() => TrainingFrameworks.All.Find(framework).Estimate(TrainingModels.Named("gpt2"), new TrainingRun { Recipe = Recipe.All.Find(recipe) }));

        Assert.Equal(isThere, error is null);
        Assert.Equal(isThere ? null : ErrorIds.TrainingSettingInvalid, (error as LlmMemoryException)?.ErrorId);
    }

    [Fact]
    public void A_recipe_that_the_Trainer_lacks_is_TRLs()
    {
        Assert.Equal("TRL", TrainingFrameworks.DefaultFor(new TrainingRun { Recipe = Recipe.Dpo }).Name);
        Assert.Equal("HFTrainer", TrainingFrameworks.DefaultFor(new TrainingRun { Recipe = Recipe.Sft }).Name);
        Assert.Equal("HFTrainer", TrainingFrameworks.DefaultFor(new TrainingRun()).Name);
    }

    [Fact]
    public void What_does_not_belong_to_a_recipe_is_refused()
    {
        Refused(Run with { ReferenceModel = ReferenceModel.Frozen }, "Frozen");
        Refused(Run with { Recipe = Recipe.Orpo, ReferenceModel = ReferenceModel.Frozen }, "Frozen");
        Refused(Run with { Recipe = Recipe.Dpo, CompletionLength = 64 }, 64L);
        Refused(Run with { RolloutMemory = 1_000_000 }, 1_000_000L);
        Refused(Run with { Recipe = Recipe.Grpo, CompletionLength = 128 }, 128L);
        Refused(Run with { Recipe = Recipe.Dpo, LossKernel = LossKernel.Cut }, "Cut");
        Refused(Run with { Recipe = Recipe.Grpo, LayerKernels = LayerKernels.Liger }, "FusedLinear");
    }

    private static void Refused(TrainingRun run, object value)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Estimate(run));
        Assert.Equal((ErrorIds.TrainingSettingInvalid, value), (error.ErrorId, error.Value));
    }

    private static MemoryEstimate Estimate(TrainingRun run)
    {
        return TrainingFrameworks.TrlTrainer.Estimate(TrainingModels.Named("gpt2"), run);
    }

    private static long In(MemoryEstimate estimate, string phase)
    {
        return estimate.Phases.Single(each => each.Phase == phase).TotalBytes;
    }

    private static long Bytes(MemoryEstimate estimate, string component)
    {
        return estimate.Components.First(each => each.Name == component).Bytes;
    }
}
