using System;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Planning;

/// <content>Questions about training.</content>
internal static partial class LimitQuestions
{
    private static LimitQuestion MicroBatchSize(Random random)
    {
        var run = Run(random);
        return Trained("MicroBatchSize", random, Most, value => run with { MicroBatchSize = (int)value }, 40);
    }

    private static LimitQuestion SequenceLength(Random random)
    {
        var run = Run(random);
        return Trained("SequenceLength", random, null, value => run with { SequenceLength = value }, 100_000);
    }

    private static LimitQuestion Rank(Random random)
    {
        var (framework, model) = (Pick(random, "HFTrainer", "TRL", "torchtune"), Pick(random, TrainedModels));
        var format = framework == "torchtune" ? null : Pick<string?>(random, null, "NF4");
        var adapter = new AdapterSpecification { TargetModules = random.Next(2) == 0 ? ["all-linear"] : [] };
        EstimateCase At(long value)
        {
            return PlanningCases.Adapted(framework, model, adapter with { Rank = (int)value }, new TrainingRun { SequenceLength = 256 }, format);
        }

        var near = Accepted(LogUniform(random, 600), At);
        return new LimitQuestion($"{framework} {model} {format}", At(1), "Rank", LimitDirection.Maximize, Sized(At(near), random), 1, Most, At) { Near = near };
    }

    private static LimitQuestion ZeroStage(Random random)
    {
        Sharding[] stages = [Sharding.None, Sharding.ZeroOne, Sharding.ZeroTwo, Sharding.ZeroThree];
        var (framework, model) = (Pick(random, "HFTrainer", "TRL", "TorchLoop"), Pick(random, TrainedModels));
        var run = new TrainingRun { SequenceLength = Pick(random, 128, 512), DataParallel = random.Next(2, 9), Precision = Pick(random, TrainingPrecision.Mixed, TrainingPrecision.Pure) };
        EstimateCase At(long value)
        {
            return PlanningCases.Trained(framework, model, run with { Sharding = stages[value] });
        }

        var (none, all) = (PlanningCases.Fullest(At(0)), PlanningCases.Fullest(At(3)));
        var pool = PlanningCases.Devices(all - 1000 + (long)(random.NextDouble() * (none - all + 2000)), null);
        return new LimitQuestion($"{framework} {model} x {run.DataParallel}", At(0), "ZeroStage", LimitDirection.Minimize, pool, 0, 3, At);
    }

    private static LimitQuestion Trained(string setting, Random random, long? last, Func<long, TrainingRun> with, long most)
    {
        var (framework, model) = (Pick(random, Frameworks), Pick(random, TrainedModels));
        EstimateCase At(long value)
        {
            var run = with(value);
            return PlanningCases.Trained(framework, model, framework == "Megatron" ? run with { Sharding = null, Recompute = null } : run);
        }

        var end = last ?? PlanningCases.Model(model).ContextLength!.Value;
        var near = Accepted(LogUniform(random, Math.Min(end, most)), At);
        return new LimitQuestion($"{framework} {model} {Text(with(near))}", At(1), setting, LimitDirection.Maximize, Sized(At(near), random), 1, end, At) { Near = near };
    }

    private static TrainingRun Run(Random random)
    {
        var ranks = random.Next(1, 4);
        return new TrainingRun
        {
            SequenceLength = Pick(random, 64, 128, 500),
            MicroBatchSize = Pick(random, 1, 2),
            DataParallel = ranks,
            Sharding = ranks > 1 ? Sharding.ZeroTwo : null,
            Recompute = Pick(random, Recomputation.None, Recomputation.Full),
        };
    }

    private static string Text(TrainingRun run)
    {
        return $"{run.MicroBatchSize} x {run.SequenceLength}, {run.DataParallel} rank(s), {run.Recompute}";
    }
}
