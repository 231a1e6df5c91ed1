namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates as functions of the step.</summary>
        public static class lr_scheduler
        {
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>Sets the learning rates of an optimiser's groups at each step.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer optimizer = null!;
                internal int lastEpoch;
                internal IReadOnlyList<double> baseRates = [];
#pragma warning disable CA1051, SA1401 // A field as in the package that this assembly stands in for.
                protected int _step_count;
#pragma warning restore CA1051, SA1401

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    this.optimizer = optimizer;
                    lastEpoch = last_epoch;
                    if (last_epoch == -1)
                        foreach (var group in optimizer.ParamGroups)
                            group.InitialLearningRate = group.LearningRate;
                    baseRates = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                }

                public virtual void step() => Advance(lastEpoch + 1);

                public virtual void step(int? epoch) => Advance(epoch ?? lastEpoch + 1);

                /// <summary>The rates set last, a group each.</summary>
                public IEnumerable<double> get_last_lr() => optimizer.ParamGroups.Select(group => group.LearningRate);

                protected virtual IEnumerable<double> get_lr() => throw new NotImplementedException();

                private void Advance(int epoch)
                {
                    _step_count++;
                    lastEpoch = epoch;
                    foreach (var (group, rate) in optimizer.ParamGroups.Zip(get_lr().ToList()))
                        group.LearningRate = rate;
                }
            }

            public static class impl
            {
                /// <summary>The initial rate times a function of the step.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        factors = [.. lr_lambdas];
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => factors.Select((factor, i) => baseRates[i] * factor(lastEpoch));
                }
            }
        }
    }
}
