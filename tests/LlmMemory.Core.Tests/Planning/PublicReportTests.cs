using LlmMemory.Adapters;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Verdicts beside what people report who ran it.</summary>
public sealed class PublicReportTests
{
    private static readonly InferenceWorkload EightThousand = new() { ContextLength = 8192, Concurrency = 1 };

    // basetenlabs/truss-examples, pull request 279: 'Llama 3 70B only needs 2, not 4, 80 GB GPUs [...] tested'.
    // vllm-project/vllm, issue 5711: '~140 GB just to load [...] at a minimum, you need 2xA100 80GB (likely more for
    // enough kv cache blocks)'. NVIDIA NIM's support matrix lists BF16 with TP 2.
    [Theory]
    [InlineData("vLLM", 1, false)]
    [InlineData("vLLM", 2, true)]
    [InlineData("TensorRT-LLM", 1, false)]
    [InlineData("TensorRT-LLM", 2, true)]
    [InlineData("Generic", 1, false)]
    [InlineData("Generic", 2, true)]
    public void Llama_3_70B_in_BF16_takes_two_H100_as_Baseten_runs_it(string engine, int count, bool fits)
    {
        Assert.Equal(fits, FitJudge.Judge(PlanningCases.Served(engine, "llama-3.1-70b", EightThousand), PlanningCases.Gpus("H100 SXM5", count)).Fits);
    }

    [Fact]
    public void Two_H100_leave_vLLM_one_request_of_8k_of_Llama_3_1_70B_and_four_leave_over_fifty()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-70b", EightThousand);
        var two = FitJudge.Judge(asked, PlanningCases.Gpus("H100 SXM5", 2));
        var four = FitJudge.Judge(asked, PlanningCases.Gpus("H100 SXM5", 4));
        var plan = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Gpus("H100 SXM5", null))], new DeploymentTerms())[0];
        var limit = LimitSearch.Find(asked, LimitSettings.All.Find("TP"), LimitDirection.Minimize, PlanningCases.Gpus("H100 SXM5", null));

        Assert.Equal(1, two.MaxConcurrency);
        Assert.InRange(four.MaxConcurrency!.Value, 50, 60);
        Assert.Equal((2, 2, 1L), (plan.GpuCount, plan.TensorParallel, plan.MaxConcurrency));
        Assert.Equal(2L, limit.Value);
    }

    // NVIDIA NIM's support matrix lists llama-3.1-70b-instruct in FP8 with TP 1; huggingface/blog, llama31.md: 70 GB of
    // weights in FP8, which leave an H100 of 80 GB no room for a cache of 8k (vllm-project/vllm fills 90 to 92 %).
    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    public void Llama_3_1_70B_in_FP8_runs_on_one_H200_as_NIM_lists_it(string engine)
    {
        var asked = PlanningCases.Served(engine, "llama-3.1-70b", EightThousand, "FP8");
        var fit = FitJudge.Judge(asked, PlanningCases.Gpus("H200"));

        Assert.True(fit.Fits, fit.Reason);
        Assert.True(fit.MaxConcurrency > 15);
    }

    // huggingface.co/nvidia/Llama-3.1-Nemotron-70B-Instruct-HF, discussion 22: 'at least 42GB VRAM to fully offload
    // the model [...] 2x RTX 3090'; bartowski's file of Llama 3.3 70B has 42.5 GB.
    [Theory]
    [InlineData("LlamaCpp", "RTX 4090")]
    [InlineData("Ollama", "RTX 4090")]
    [InlineData("LlamaCpp", "RTX 3090")]
    public void A_70B_in_Q4_K_M_takes_two_cards_of_24_GB_as_is_reported_of_Llama_3_1(string engine, string gpu)
    {
        var asked = PlanningCases.Served(engine, "llama-3.1-70b", EightThousand, "Q4_K_M");

        Assert.InRange(asked.Estimate().WeightBytes!.Value, 42_000_000_000, 43_000_000_000);
        Assert.True(FitJudge.Judge(asked, PlanningCases.Gpus(gpu, 2)).Fits);
        Assert.False(FitJudge.Judge(asked, PlanningCases.Gpus(gpu, 1)).Fits);
    }

    // ggml-org/llama.cpp, issue 2496: of 83 layers of a 70B in Q4_K_M, 40 are put on an RTX 3090, beside what the
    // version of 2023 took for itself.
    [Fact]
    public void About_half_of_a_70B_in_Q4_K_M_lies_on_an_RTX_3090()
    {
        var asked = PlanningCases.Served("LlamaCpp", "llama-2-70b", new InferenceWorkload { ContextLength = 4096, Concurrency = 1 }, "Q4_K_M");
        var limit = LimitSearch.Find(asked, LimitSettings.All.Find("GpuLayers"), LimitDirection.Maximize, PlanningCases.Gpus("RTX 3090"));

        Assert.InRange((long)limit.Value!, 40, 46);
    }

    // docs.sglang.io, DeepSeek V3/V3.1/R1 Usage: FP8 on 8 x H200, or 2 x 8 x H100. docs.vllm.ai, recipes: 8xH200 (FP8).
    // InternLM/lmdeploy, issue 2960: 'validated through testing on 8 H800 GPUs, where we encountered out-of-memory'.
    [Theory]
    [InlineData("vLLM", "H200", 8, true)]
    [InlineData("vLLM", "H100 SXM5", 8, false)]
    [InlineData("vLLM", "H100 SXM5", 16, true)]
    [InlineData("SGLang", "H200", 8, true)]
    [InlineData("SGLang", "H100 SXM5", 8, false)]
    [InlineData("SGLang", "H100 SXM5", 16, true)]
    public void DeepSeek_V3_in_FP8_takes_8_H200_or_16_H100_as_SGLang_documents_it(string engine, string gpu, int count, bool fits)
    {
        var asked = PlanningCases.Served(engine, "deepseek-v3-671b-a37b", EightThousand with { TensorParallel = count }, "FP8");

        Assert.Equal(fits, FitJudge.Judge(asked, PlanningCases.Gpus(gpu, count)).Fits);
    }

    // Dettmers et al., arXiv:2305.14314: 65B 'on a single 48GB GPU', double quantization, sequences of 512, layers
    // recomputed. hiyouga/LLaMA-Factory's table: QLoRA in 4 bits, 70B 48 GB, 7B 6 GB.
    [Theory]
    [InlineData("llama-65b", 64, "RTX A6000", true)]
    [InlineData("llama-65b", 64, "L40S", true)]
    [InlineData("llama-65b", 64, "RTX 5090", false)]
    [InlineData("llama-3.1-70b", 64, "RTX A6000", true)]
    [InlineData("llama-3.1-70b", 16, "L40S", true)]
    [InlineData("llama-3.1-70b", 16, "RTX 5090", false)]
    [InlineData("llama-3.1-8b", 64, "T4", true)]
    [InlineData("llama-3.1-8b", 16, "RTX 4060 Ti 16GB", true)]
    public void QLoRA_of_a_70B_takes_48_GB_as_its_paper_says_and_of_an_8B_less_than_16(string model, int rank, string gpu, bool fits)
    {
        var asked = PlanningCases.Adapted(
            "TRL",
            model,
            new AdapterSpecification { Rank = rank, TargetModules = ["all-linear"] },
            new TrainingRun { SequenceLength = 512, MicroBatchSize = 1, Recompute = Recomputation.Full, Optimizer = Optimizer.AdamW8Bit },
            "NF4-DQ");
        var fit = FitJudge.Judge(asked, PlanningCases.Gpus(gpu));

        Assert.True(fits == fit.Fits, fit.ToString());
    }

    // Rajbhandari et al., arXiv:1910.02054: 16 bytes for each parameter, shared by all ranks under ZeRO-3: 32 GB of
    // each of 4, 16 GB of each of 8. haotian-liu/LLaVA, issue 394: all of a 7B under ZeRO-3 on 8 x A100 80GB takes less
    // than 35 GB of each.
    [Theory]
    [InlineData("A100 SXM4 80GB", 8, 2048, true)]
    [InlineData("A100 SXM4 80GB", 8, 8192, true)]
    [InlineData("RTX 4090", 4, 512, false)]
    public void All_of_an_8B_is_trained_under_ZeRO_3_on_8_A100_as_LLaVA_and_ZeRO_report(string gpu, int count, long tokens, bool fits)
    {
        var run = new TrainingRun
        {
            SequenceLength = tokens,
            MicroBatchSize = 1,
            DataParallel = count,
            Sharding = Sharding.ZeroThree,
            Precision = TrainingPrecision.Mixed,
            Recompute = Recomputation.Full,
        };
        var fit = FitJudge.Judge(PlanningCases.Trained("HFTrainer", "llama-3.1-8b", run), PlanningCases.Gpus(gpu, count));

        Assert.True(fits == fit.Fits, fit.ToString());
        Assert.True(!fits || tokens > 2048 || fit.RequiredBytes < 35_000_000_000, fit.ToString());
    }
}
