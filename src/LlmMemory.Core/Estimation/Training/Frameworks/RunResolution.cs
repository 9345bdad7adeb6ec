using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Activations;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Estimation.Training.Recipes;
using LlmMemory.Estimation.Training.States;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>Decides what a run leaves open, by the rules of a framework, and says so.</summary>
internal sealed class RunResolution
{
    // Measured on runs of IBM with two and four ranks; docs/training.md#sharding.
    private const long ShardingOverheadBytes = 20_401_094;

    private const string BigCode = "gpt_bigcode";

    private readonly List<string> _assumptions = [];
    private readonly string _framework;
    private readonly FrameworkProfile _profile;
    private readonly LlmModel _model;
    private readonly ModelArchitecture _architecture;
    private readonly TrainingRun _run;

    /// <summary>Decides everything.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public RunResolution(string framework, FrameworkProfile profile, LlmModel model, ModelArchitecture architecture, TrainingRun run)
    {
        (_framework, _profile, _model, _architecture) = (framework, profile, model, architecture);
        _run = RecipeSettings.Filled(Filled(run), _assumptions);
        OffloadedStates.Ensure(_run);
        Plan = MakePlan();
        AddScope();
    }

    /// <summary>The run with nothing open.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>Every default that was taken, and what is left out.</summary>
    public List<string> Assumptions => [.. _model.Assumptions, .. _assumptions];

    private int SamplesPerExample => (_run.Recipe ?? Recipe.Sft).SamplesPerExample;

    private bool UsesAutocast => _run.Precision == TrainingPrecision.Mixed;

    private bool IsQuantized => !PlainWeights.Are(_model);

    private bool IsBitsAndBytes => _model.Quantization?.StartsWith("NF4", StringComparison.Ordinal) == true
        || _model.Quantization?.StartsWith("FP4", StringComparison.Ordinal) == true;

    private int LoadedBytes => _model.DataType == "F32" ? 4 : 2;

    private TrainingRun Filled(TrainingRun run)
    {
        var ranks = run.DataParallel ?? 1;
        var micro = run.MicroBatchSize ?? (int)Taken(_profile.MicroBatchSize, "Micro batch of", "-MicroBatchSize");
        var sequence = run.SequenceLength ?? Taken(Math.Min(_profile.SequenceLength, _architecture.ContextLength ?? long.MaxValue), "Sequence length", "-SequenceLength");
        _assumptions.AddIf(run.DataParallel is null && run.Sharding is not null && run.Sharding != Sharding.None, "One rank by default (-DataParallel), so that nothing is split.");
        var kernels = run.LayerKernels ?? Default(_profile.Kernels, LayerKernels.Eager, "Layer kernels", "-LayerKernels");
        return run with
        {
            MicroBatchSize = micro,
            SequenceLength = sequence,
            GradientAccumulation = BatchRule.Accumulation(run, micro, ranks),
            Optimizer = run.Optimizer ?? Named(_profile.Optimizer, "Optimizer", "-Optimizer"),
            Precision = run.Precision ?? Named(_profile.Precision, "Precision", "-Precision"),
            Recompute = run.Recompute ?? Named(_profile.Recompute, "Recompute", "-Recompute"),
            AttentionKernel = run.AttentionKernel ?? Named(_profile.Attention, "Attention", "-AttentionKernel"),
            LayerKernels = kernels,
            Sharding = run.Sharding ?? (ranks > 1 ? Named(_profile.Sharding, "Sharding", "-Sharding") : Sharding.None),
            DataParallel = ranks,
        };
    }

    private TrainingPlan MakePlan()
    {
        var (sharding, ranks) = (_run.Sharding!, _run.DataParallel!.Value);
        var trained = new TrainedModules(_run.Adapter, _run.AdapterDropout);
        var keepsAdaptersWhole = _run.Adapter is not null && IsQuantized && _run.LayerKernels!.FusesQuantizedLora;
        var plan = new TrainingPlan
        {
            Run = _run,
            Model = _model,
            Architecture = _architecture,
            Tensors = [.. Tensors()],
            Tokens = checked(_run.MicroBatchSize!.Value * SamplesPerExample * (_run.SequenceLength!.Value + VirtualTokens())),
            Ranks = ranks,
            Sharding = sharding,
            Accumulation = _run.GradientAccumulation!.Value,
            Optimizer = _run.Optimizer!,
            Recompute = _run.Recompute!,
            Trained = trained,
            Regime = Regime(sharding, ranks),
            Switches = Switches(trained, sharding, ranks),
            Loss = Loss(),
            SplitsTrained = !keepsAdaptersWhole,
            WidensNorms = WidensNorms(sharding, ranks),
            WidensEmbeddingStates = _profile.WidensEmbeddingStates,
            KeepsScalesWhole = IsBitsAndBytes,
            ShardingOverheadBytes = sharding.IsZero ? 0 : ShardingOverheadBytes,
            UnexplainedTailWidths = _architecture.ModelType == BigCode ? (UsesAutocast ? 8 : 6) : 0,
        };
        return plan;
    }

    private StateRegime Regime(Sharding sharding, int ranks)
    {
        if (_run.Adapter is { } adapter)
        {
            var bytes = adapter.TrainableParameters == 0 ? 4 : (int)(adapter.TrainableBytes / adapter.TrainableParameters);
            return StateRegime.Adapter(bytes);
        }

        if (sharding.IsZero)
        {
            return StateRegime.DeepSpeed;
        }

        return _profile.UsesAccelerate && UsesAutocast && sharding.SplitsWeights && (ranks > 1 || _run.Offload == Offload.Weights)
            ? StateRegime.UpcastBySharding
            : StateRegime.AsLoaded(LoadedBytes, UsesAutocast);
    }

    private LayerSwitches Switches(TrainedModules trained, Sharding sharding, int ranks)
    {
        var attention = _run.AttentionKernel!;
        var element = UsesAutocast ? 2 : LoadedBytes;
        var widens = WidensNorms(sharding, ranks);
        return new LayerSwitches
        {
            Trained = trained,
            Kernels = _run.LayerKernels!,
            Attention = attention,
            SequenceLength = _run.SequenceLength!.Value,
            ElementBytes = element,
            StreamBytes = widens || LoadedBytes == 4 ? 4 : 2,
            FeedForwardBytes = widens ? 4 : element,
            UsesAutocast = UsesAutocast,
            RepeatsKeyValues = attention != AttentionKernel.Flash || _profile.RepeatsUnderFlash.Contains(_architecture.ModelType),
            IsRecomputed = _run.Recompute!.KeepsInputsOnly,
            RecomputesAttention = _run.Recompute == Recomputation.Selective,
            FusesLora = _run.LayerKernels!.FusesQuantizedLora && IsQuantized,
            KeepsQuantizedInputs = _profile.KeepsQuantizedInputs && IsQuantized,
            KeepsProjectionInputs = _profile.KeepsProjectionInputs,
            KeepsFusedProjection = _profile.KeepsFusedProjection,
            HasResidualDropout = _architecture.ModelType == BigCode,
        };
    }

    private LossPath Loss()
    {
        if (_run.Recipe is { ScoresSamples: true })
        {
            return new ScoreLoss();
        }

        if (_run.Recipe is { ReadsLogProbabilities: true } recipe)
        {
            // accelerate leaves the outputs of DeepSpeed's engine as they are (accelerator.py, prepare_model).
            return new LogProbabilityLoss
            {
                WidensOutputs = UsesAutocast && !_run.Sharding!.IsZero,
                HoldsReference = recipe == Recipe.Dpo && _run.ReferenceModel == ReferenceModel.Frozen,
                ReportsEntropy = recipe == Recipe.Dpo || recipe == Recipe.Grpo,
                HasCrossEntropy = recipe == Recipe.Orpo,
            };
        }

        var kernel = _run.LossKernel ?? _run.LayerKernels!.Loss;
        if (kernel is null && _profile.OwnLoss is { } own)
        {
            return own;
        }

        if (kernel == LossKernel.FusedLinear)
        {
            return new FusedLinearLoss();
        }

        if (kernel == LossKernel.Chunked)
        {
            return new ChunkedLoss(8);
        }

        return kernel == LossKernel.Cut ? new CutLoss() : TorchPath(kernel == LossKernel.FusedCrossEntropy);
    }

    // GPT-BigCode computes its loss on shifted logits as they are.
    private TorchLoss TorchPath(bool isFused)
    {
        var isBigCode = _architecture.ModelType == BigCode;
        return new TorchLoss
        {
            Upcast = !isBigCode ? _profile.Upcast : UsesAutocast ? UpcastMoment.InLoss : UpcastMoment.Never,
            ShiftsLogits = isBigCode || _profile.ShiftsLogits,
            IsFused = isFused,
            HoldsOutputs = _profile.HoldsOutputs,
            UnexplainedCopies = isBigCode ? 1 : 0,
        };
    }

    private bool WidensNorms(Sharding sharding, int ranks)
    {
        return _profile.WidensNormsOfQuantized && IsBitsAndBytes
            && !(sharding.SplitsWeights && ranks > 1);
    }

    private IEnumerable<ModelTensor> Tensors()
    {
        var loaded = _model.Tensors.Where(IsLoaded).Concat(OwnHead());
        var type = LoadedBytes == 4 ? DataTypes.DataTypeCatalogue.F32 : DataTypes.DataTypeCatalogue.BF16;
        return _run.Recipe is { ScoresSamples: true } ? ScoringHead.InPlaceOfHead(loaded, _architecture.HiddenSize, type) : loaded;
    }

    private IEnumerable<ModelTensor> OwnHead()
    {
        if (_profile.UntiesHead && _architecture.TiesEmbeddings)
        {
            _assumptions.Add($"{_framework} keeps a head of its own, although the model ties it to the embedding.");
            yield return new ModelTensor(
                "lm_head.weight",
                ModelPart.Text,
                TensorRole.Head,
                null,
                [_architecture.VocabularySize, _architecture.HiddenSize],
                LoadedBytes == 4 ? DataTypes.DataTypeCatalogue.F32 : DataTypes.DataTypeCatalogue.BF16);
        }
    }

    // Prompt tuning and P-tuning put their tokens before those of the sample.
    private long VirtualTokens()
    {
        return _run.Adapter is { } adapter && (adapter.MethodKind == AdapterMethod.PromptTuning || adapter.MethodKind == AdapterMethod.PTuning)
            ? adapter.Tensors[0].Shape[0]
            : 0;
    }

    private static bool IsLoaded(ModelTensor tensor)
    {
        return tensor.PartKind != ModelPart.Mtp && tensor.RoleKind is not (TensorRole.Duplicate or TensorRole.Buffer);
    }

    private void AddScope()
    {
        _assumptions.AddIf(_model.Tensors.Any(tensor => tensor.PartKind == ModelPart.Mtp), "Multi-token prediction is not loaded to train.");
        _assumptions.AddIf(_model.VisionParameters > 0 || _model.AudioParameters > 0, "Samples are text: towers have weights and states, and no activations.");
        _assumptions.AddIf(
            _architecture.Layers.Any(layer => layer.Mixers.Any(mixer => mixer is RecurrentMixer)), RecurrentActivations.Assumption);
        AddAdapter();
        RecipeAssumptions.Add(Plan, _assumptions);
        _assumptions.AddIf(Plan.Sharding.IsZero, "Buckets of DeepSpeed and what stage 3 gathers are counted by its source; no measured run confirms them.");
        _assumptions.AddIf(Plan.Offload != Offload.None, "Host memory is that of all ranks together, pinned copies and buffers aside; no measured run confirms it.");
        _assumptions.Add($"States: {Plan.Regime.Description}.");
        _assumptions.AddRange(_run.Notes);
        _assumptions.AddIf(Plan.Optimizer.States.IsPaged, $"Pages of {Plan.Optimizer.Name}'s states may move to the host; all are counted on the device.");
        _assumptions.Add("PyTorch's allocated peak of a step after the first; what the allocator keeps unused and the CUDA context come on top.");
    }

    private void AddAdapter()
    {
        if (_run.Adapter is not { } adapter)
        {
            return;
        }

        _assumptions.AddRange(adapter.Notes);
        _assumptions.AddIf(
            !adapter.MethodKind.IsLora && adapter.MethodKind.ModuleParts is not null && !adapter.MethodKind.CopiesModules,
            $"What {adapter.Method} keeps of a module's input is counted as LoRA keeps it; no measured run confirms it.");
        _assumptions.AddIf(
            adapter.MethodKind == AdapterMethod.Dora,
            "DoRA makes each weight with its update for a moment to take its length; that copy is not counted.");
    }

    private long Taken(long value, string what, string parameter)
    {
        _assumptions.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1} by default ({2}).", what, value, parameter));
        return value;
    }

    private T Named<T>(T value, string what, string parameter)
        where T : Naming.INamed
    {
        _assumptions.Add($"{what} {value.Name} by default of {_framework} ({parameter}).");
        return value;
    }

    private LayerKernels Default(LayerKernels value, LayerKernels silent, string what, string parameter)
    {
        return value == silent ? value : Named(value, what, parameter);
    }
}
