using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Estimation.Comparison;
using Xunit;

namespace LlmMemory.Core.Tests.Comparison;

public sealed class EngineLogTests
{
    private const decimal GiB = 1L << 30;

    [Fact]
    public void The_ranks_of_vLLM_are_told_apart()
    {
        var log = Logs.Carried("vllm-tp2.log");

        Assert.Equal(("vLLM", "0.19.0", "meta-llama/Llama-3.1-8B"), (log.Engine, log.EngineVersion, log.Model));
        Assert.Equal(
            [
                Line("Weights", "Worker_TP0", 7.5101m, 6), Line("Weights", "Worker_TP1", 7.5101m, 7),
                Line("Activations", "Worker_TP0", 1.90m, 8), Line("Outside PyTorch", "Worker_TP0", 2.08m, 8),
                Line("Activations", "Worker_TP1", 1.90m, 9), Line("Outside PyTorch", "Worker_TP1", 2.08m, 9),
                Line("KV cache", "Worker_TP0", 59.78m, 10), Line("KV cache", "Worker_TP1", 59.78m, 11),
                "KV cache tokens|EngineCore_DP0|979424|12", "Max concurrency|EngineCore_DP0|119.56|13",
                Line("CUDA graphs", "Worker_TP0", 0.93m, 15), Line("CUDA graphs", "Worker_TP1", 0.93m, 16),
            ],
            Logs.Show(log));
        Assert.Equal(
            ["GpuMemoryUtilization 0.9", "MaxBatchedTokens 8192", "TensorParallel 2", "PipelineParallel 1", "DataParallel 1", "ContextLength 8192"],
            log.Settings.Select(setting => setting.ToString()));
    }

    [Fact]
    public void The_older_engine_of_vLLM_says_it_all_in_one_line()
    {
        var log = Logs.Carried("vllm-v0.log");

        Assert.Equal(("vLLM", "0.8.1"), (log.Engine, log.EngineVersion));
        Assert.Equal(
            [
                Line("Weights", "", 14.99m, 4), Line("Budget", "", 71.27m, 3), Line("Outside PyTorch", "", 0.16m, 4),
                Line("Activations", "", 1.23m, 4), Line("KV cache", "", 54.90m, 4), "KV cache blocks||28108|5",
                "Max concurrency||3.43|6", Line("CUDA graphs", "", 0.33m, 7),
            ],
            Logs.Show(log));
    }

    [Fact]
    public void SGLang_prints_two_pools_and_calls_2_to_the_30_bytes_a_GB()
    {
        var log = Logs.Carried("sglang-tp2.log");

        Assert.Equal(("SGLang", null, "meta-llama/Llama-3.1-8B"), (log.Engine, log.EngineVersion, log.Model));
        Assert.Equal(
            [
                Line("Weights", "TP0", 7.54m, 4), Line("Weights", "TP1", 7.54m, 5), Line("KV cache", "TP0", 60.34m, 6),
                Line("KV cache", "TP1", 60.34m, 7), Line("CUDA graphs", "TP0", 1.02m, 9), Line("CUDA graphs", "TP1", 1.02m, 10),
                "KV cache tokens|TP0|988512|11",
            ],
            Logs.Show(log));
    }

    // sgl-project/sglang PR 11716: 442,750 tokens of Llama-3.1-8B, K and V of 27.02 GB each.
    [Fact]
    public void The_cache_of_SGLang_is_that_of_its_tokens()
    {
        var figure = Logs.Of("[2025-03-25 16:37:06 TP0] KV Cache is allocated. #tokens: 442750, K size: 27.02 GB, V size: 27.02 GB").Figures.Single();

        Assert.InRange(figure.Bytes!.Value - (442_750L * 131_072), -figure.Rounding, figure.Rounding);
    }

    [Theory]
    [InlineData("KV Cache is allocated. dtype: torch.bfloat16, #tokens: 1933682, KV size: 12.45 GB", "KV cache", 12.45)]
    [InlineData("Mamba Cache is allocated. max_mamba_cache_size: 614, conv_state size: 0.38GB, ssm_state size: 10.81GB", "Recurrent state", 11.19)]
    [InlineData("Capture target decode CUDA graph end. elapsed=5.37 s, mem usage=1.44 GB, avail mem=38.05 GB.", "CUDA graphs", 1.44)]
    public void Pools_of_SGLang_come_in_several_wordings(string line, string name, double gib)
    {
        var figure = Logs.Of($"[2026-08-17 16:52:10] {line}").Figures.Single();

        Assert.Equal(name, figure.Name);
        Assert.InRange(figure.Bytes!.Value - (long)((decimal)gib * GiB), -1, 1);
    }

    [Fact]
    public void Before_SGLang_printed_what_it_took_it_printed_what_was_left()
    {
        var figure = Logs.Of("[10:00:00 TP1] Load weight begin. avail mem=78.50 GB", "[10:00:09 TP1] Load weight end. type=X, dtype=torch.bfloat16, avail mem=63.25 GB").Figures.Single();

        Assert.Equal((long)(15.25m * GiB), figure.Bytes);
        Assert.Equal((double)(0.01m * GiB), figure.Rounding);
    }

    [Fact]
    public void The_buffers_of_llama_cpp_are_read_by_device()
    {
        var log = Logs.Carried("llama-server.log");

        Assert.Equal(("LlamaCpp", "b6317", "Meta Llama 3.1 8B"), (log.Engine, log.EngineVersion, log.Model));
        Assert.Equal(
            [
                MiB("Weights", "CPU_Mapped", 1911.50m, 7), MiB("Weights", "CUDA0", 2773.80m, 8), MiB("Output", "CPU", 0.49m, 15),
                MiB("KV cache", "CPU", 208, 16), MiB("KV cache", "CUDA0", 304, 17), MiB("Compute", "CUDA0", 669.48m, 19),
                MiB("Compute", "CUDA_Host", 16.01m, 20),
            ],
            Logs.Show(log));
        Assert.Equal(["GpuLayers 20", "Concurrency 1", "ContextLength 4096", "BatchSize 2048", "MicroBatchSize 512"], log.Settings.Select(setting => setting.ToString()));
    }

    [Fact]
    public void Caches_with_a_window_states_adapters_and_drafts_are_figures_of_their_own()
    {
        var log = Logs.Of(
            "llama_model_loader: loaded meta data with 40 key-value pairs and 444 tensors from gemma.gguf",
            "load_tensors:        CUDA0 model buffer size =   100.00 MiB",
            "load_tensors:        CUDA0 model buffer size =    50.00 MiB",
            "llama_context: constructing llama_context",
            "llama_kv_cache_unified_iswa: creating non-SWA KV cache, size = 8192 cells",
            "llama_kv_cache_unified:      CUDA0 KV buffer size =    80.00 MiB",
            "llama_kv_cache_unified_iswa: creating     SWA KV cache, size = 1536 cells",
            "llama_kv_cache_unified:      CUDA0 KV buffer size =    30.00 MiB",
            "llama_memory_recurrent:      CUDA0 RS buffer size =    77.06 MiB",
            "llama_context:      CUDA0 compute buffer size =   500.00 MiB",
            "sched_reserve:      CUDA0 compute buffer size =   300.00 MiB",
            "~llama_context:      CUDA0 compute buffer size is 300.0000 MiB, matches expectation of 300.0000 MiB",
            "llama_adapter_lora_init_impl:      CUDA0 LoRA buffer size =    12.00 MiB",
            "srv    load_model: loading draft model 'draft.gguf'",
            "llama_model_loader: loaded meta data with 30 key-value pairs and 100 tensors from draft.gguf",
            "load_tensors:        CUDA0 model buffer size =     9.00 MiB",
            "llama_context: constructing llama_context",
            "llama_context: n_ctx         = 77",
            "llama_kv_cache_unified:      CUDA0 KV buffer size =     3.00 MiB",
            "alloc_compute_meta:      CUDA0 compute buffer size =    32.88 MiB");

        Assert.Equal(
            [
                MiB("Weights", "CUDA0", 100, 2), MiB("Weights", "CUDA0", 50, 3), MiB("KV cache", "CUDA0", 80, 6),
                MiB("Sliding KV cache", "CUDA0", 30, 8), MiB("Recurrent state", "CUDA0", 77.06m, 9), MiB("Compute", "CUDA0", 300, 11),
                MiB("Adapters", "CUDA0", 12, 13), MiB("Draft: Weights", "CUDA0", 9, 16), MiB("Draft: KV cache", "CUDA0", 3, 19),
                MiB("Projector: Compute", "CUDA0", 32.88m, 20),
            ],
            Logs.Show(log));
        Assert.Empty(log.Settings);
    }

    [Fact]
    public void Builds_of_2024_have_other_words_before_the_buffers()
    {
        var log = Logs.Of(
            "llm_load_tensors:        CPU buffer size =  1640.62 MiB",
            "llm_load_tensors:      CUDA1 buffer size = 13989.53 MiB",
            "llama_new_context_with_model: n_ctx      = 4096",
            "llama_kv_cache_init:      CUDA1 KV buffer size =  3584.00 MiB",
            "llama_new_context_with_model:  CUDA_Host  output buffer size =     1.95 MiB",
            "llama_new_context_with_model:      CUDA1 compute buffer size =   672.01 MiB",
            "some_function:      CUDA1 buffer size =   1.00 MiB");

        Assert.Equal(["Weights", "Weights", "KV cache", "Output", "Compute"], log.Figures.Select(figure => figure.Name));
        Assert.Equal("ContextLength 4096", log.Settings.Single().ToString());
    }

    [Fact]
    public void Ollama_tells_what_its_own_engine_took()
    {
        var log = Logs.Carried("ollama.log");

        Assert.Equal(("Ollama", "0.12.7"), (log.Engine, log.EngineVersion));
        Assert.Equal(["Concurrency 1", "BatchSize 512", "ContextLength 8192"], log.Settings.OrderBy(setting => setting.Name == "ContextLength").Select(setting => setting.ToString()));
        Assert.Equal(["Weights", "Weights", "KV cache", "Compute", "Compute", "Total"], log.Figures.Select(figure => figure.Name));
        Assert.All(log.Figures, figure => Assert.False(figure.IsForecast));
        Assert.Equal((long)(4.3m * GiB), log.Figures[0].Bytes);
        Assert.Equal((double)(0.05m * GiB), log.Figures[0].Rounding, 1.0);
    }

    [Fact]
    public void What_Ollama_plans_is_a_forecast_and_the_lines_of_llama_cpp_within_it_are_not()
    {
        var plan = File.ReadAllLines(ReferenceData.Carried("logs", "ollama-plan.log"));
        var log = Logs.Of([.. plan, "load_tensors:        CUDA0 model buffer size =  4403.49 MiB"]);

        Assert.Equal("Ollama", log.Engine);
        Assert.Equal(
            [("Total", true), ("Weights", true), ("KV cache", true), ("Compute", true), ("Weights", false)],
            log.Figures.Select(figure => (figure.Name, figure.IsForecast)));
    }

    [Fact]
    public void The_last_start_in_a_log_counts()
    {
        var once = File.ReadAllLines(ReferenceData.Carried("logs", "vllm-v0.log"));
        var log = Logs.Of([.. once, .. Logs.Carried("vllm-tp2.log").Figures.Select(_ => string.Empty), "vLLM API server version 0.20.1", "Model loading took 3.50 GiB memory and 2.1 seconds"]);

        var figure = log.Figures.Single();
        Assert.Equal(("0.20.1", (long)(3.5m * GiB)), (log.EngineVersion, figure.Bytes));
        Assert.Equal(once.Length + 12 + 2, figure.LineNumber);
    }

    [Theory]
    [InlineData("\u001b[1;36m(Worker_PP1_TP3 pid=9)\u001b[0;0m INFO 11-20 09:12:31 [x.py:1] Model loading took \u001b]0;title\u0007\u001b[1m7.51\u001b[0m GiB memory")]
    [InlineData("2026-03-11T17:57:09.855212259Z (Worker_PP1_TP3 pid=469) INFO 03-11 17:57:09 [x.py:921] Model loading took 7.51 GiB and 2.0 seconds")]
    [InlineData("Mar 11 17:57:09 host vllm[12]: (Worker_PP1_TP3_EP3 pid=469) INFO Model loading took 7.51 GiB")]
    [InlineData("model-1  | (Worker_PP1_TP3 pid=469) Model loading took 7.51 GiB memory")]
    public void Colours_and_what_other_programs_put_before_a_line_change_nothing(string line)
    {
        var figure = Logs.Of(line).Figures.Single();

        Assert.StartsWith("Worker_PP1_TP3", figure.Device, StringComparison.Ordinal);
        Assert.Equal((long)decimal.Round(7.51m * GiB), figure.Bytes);
        Assert.DoesNotContain('\u001b', figure.ToString());
    }

    [Fact]
    public void Numbers_are_read_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(979_424, Logs.Of("GPU KV cache size: 979,424 tokens").Figures.Single().Count);
            Assert.Equal("Weights: 16,106,127,360 bytes", Logs.Of("Model loading took 15.000 GiB").Figures.Single().ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Windows PowerShell writes what is redirected in UTF-16; progress bars return without a new line.
    [Fact]
    public void Files_in_UTF_16_and_lines_that_end_in_a_return_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("vllm.log");
        File.WriteAllText(path, "Loading 50%\rLoading 100%\r\nModel loading took 15.00 GiB\n", Encoding.Unicode);

        Assert.Equal(3, EngineLog.FromPath(path).Figures.Single().LineNumber);
    }

    [Theory]
    [InlineData(ErrorIds.LogWithoutFigures)]
    [InlineData(ErrorIds.LogWithoutFigures, "")]
    [InlineData(ErrorIds.LogWithoutFigures, "Model loading took 99999999999999999999 GiB", "Model loading took 1.2.3 GiB", "Model loading took 9999999999 GiB")]
    [InlineData(ErrorIds.LogWithoutFigures, "x: CUDA0 model buffer size = ....... MiB", "# GPU blocks: 99999999999999999999999999999999")]
    [InlineData(ErrorIds.LogOfSeveralEngines, "Model loading took 1.00 GiB", "load_tensors: CUDA0 model buffer size = 1.00 MiB")]
    public void What_is_no_log_of_one_engine_is_an_error(string errorId, params string[] lines)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Logs.Of(lines));

        Assert.Equal((errorId, "test"), (error.ErrorId, error.Value));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_errors_with_their_path()
    {
        using var folder = new TemporaryFolder();
        var large = folder.At("large.log");
        using (var file = File.OpenWrite(large))
        {
            file.SetLength(600L << 20);
        }

        Assert.Equal(ErrorIds.LogNotFound, Assert.Throws<LlmMemoryException>(() => EngineLog.FromPath(folder.At("none.log"))).ErrorId);
        Assert.Equal(ErrorIds.LogUnreadable, Assert.Throws<LlmMemoryException>(() => EngineLog.FromPath(folder.Path)).ErrorId);
        Assert.Equal((ErrorIds.LogTooLarge, large), Assert.Throws<LlmMemoryException>(() => EngineLog.FromPath(large)) is var error ? (error.ErrorId, (string)error.Value!) : default);
    }

    [Fact]
    public void A_log_with_more_figures_than_devices_can_have_is_refused()
    {
        var lines = Enumerable.Range(0, 20_000).Select(i => $"load_tensors: CPU_Mapped model buffer size = {i}.00 MiB");

        Assert.Equal(ErrorIds.LogTooLarge, Assert.Throws<LlmMemoryException>(() => EngineLog.FromLines(lines, "test")).ErrorId);
    }

    // 64 Mi letters in one line: all but the first 32 Ki are passed over.
    [Fact]
    public void A_line_without_end_takes_no_memory()
    {
        using var endless = new EndlessLine(64 << 20, "\nModel loading took 15.00 GiB\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(2, EngineLog.FromReader(endless, "test").Figures.Single().LineNumber);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static string Line(string name, string device, decimal gib, int line)
    {
        return $"{name}|{device}|{(long)decimal.Round(gib * GiB)}|{line}";
    }

    private static string MiB(string name, string device, decimal mib, int line)
    {
        return Line(name, device, mib / 1024, line);
    }
}
