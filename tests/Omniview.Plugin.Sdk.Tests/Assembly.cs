// The tests wait for other programs more than they work: more of them at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
